import { mailLanguages, type MailLanguage, type UserId } from '@gatehouse/core';
import type { Row } from '../row';

interface AnyTransaction {
  rows(sql: string, values: unknown[]): Promise<Row[]>;
}

/** The language of a person, for a letter: nothing where it is not known, or is one that only another version writes. */
export function readerLanguage(row: Row): { readonly language?: MailLanguage } {
  const stored = row.optionalText('language');
  const language = mailLanguages.find((each) => each === stored);
  return language === undefined ? {} : { language };
}

/** Remembers what the person reads, where that was said just now, and gives back what is known of it. */
export async function rememberLanguage(
  transaction: AnyTransaction,
  user: UserId,
  said: MailLanguage | undefined,
): Promise<{ readonly language?: MailLanguage }> {
  const sql = 'UPDATE users SET language = COALESCE($2, language) WHERE id = $1 RETURNING language';
  const [row] = await transaction.rows(sql, [user, said]);
  return row ? readerLanguage(row) : {};
}
