import type { FactoryProvider, Type } from '@nestjs/common';

/** A class, abstract or not: the token under which Nest knows an instance of it. */
export type Token<T> = abstract new (...args: never[]) => T;

type Tokens<Arguments extends readonly unknown[]> = { [Index in keyof Arguments]: Token<Arguments[Index]> };

/** Builds `target` from Nest's instances of `tokens`; a wrong dependency does not compile. */
export function provide<T, Arguments extends readonly unknown[]>(
  target: Type<T> & (new (...args: [...Arguments]) => T),
  ...tokens: Tokens<Arguments>
): FactoryProvider<T> {
  return { provide: target, inject: [...tokens], useFactory: (...args: Arguments) => new target(...args) };
}
