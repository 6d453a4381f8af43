/** What JSON can say. Objects that this library makes have no prototype: `__proto__` is a name like any other in them. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: Json | undefined;
}
