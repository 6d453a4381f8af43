import type { MessageKey } from '@gatehouse/core';

/** One text for each reason of the error catalogue; an organisation's name is put in as text and escaped where it is shown. */
export type Messages = Readonly<Record<MessageKey, (organisation: string) => string>>;
