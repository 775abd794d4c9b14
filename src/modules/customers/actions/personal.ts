import type { Context } from '#platform/context.ts'

/** Whether contact data is hidden from whoever asks. The shell blanks what contracts mark; this is for what a contract cannot say: histories, files, and what is searched. */
export const hidesPersonal = ({ actor }: Pick<Context, 'actor'>): boolean => !actor.can('customers.read-personal')

/** Fields of a history that hold contact data. */
const personalFields: ReadonlySet<string> = new Set(['email', 'phone', 'address', 'postcode', 'birthday', 'contactPoint', 'keyPerson'])
export const isPersonal = (field: string): boolean => personalFields.has(field)

/** Changes without what contact data was and became. */
export const withoutPersonal = <C extends { readonly field: string; readonly before: unknown; readonly after: unknown }>(
  context: Pick<Context, 'actor'>,
  changes: readonly C[],
): readonly C[] =>
  hidesPersonal(context) ? changes.map((one) => (isPersonal(one.field) ? { ...one, before: null, after: null } : one)) : changes

/** Where a source names somebody by an e-mail address or telephone number, that name is contact data. */
export const keyFor = (context: Pick<Context, 'actor'>, key: string): string =>
  hidesPersonal(context) ? key.replace(/^(email|phone):.*$/, '$1:…') : key
