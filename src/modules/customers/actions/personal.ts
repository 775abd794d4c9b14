import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { ownFieldSetting } from '../settings.ts'

/** Whether contact data is hidden from whoever asks. The shell blanks what contracts mark; this is for what a contract cannot say: histories, files, and what is searched. */
export const hidesPersonal = ({ actor }: Pick<Context, 'actor'>): boolean => !actor.can('customers.read-personal')

/** Fields of a history that hold contact data. */
const personalFields: ReadonlySet<string> = new Set(['email', 'phone', 'address', 'postcode', 'birthday', 'contactPoint', 'keyPerson'])
export const isPersonal = (field: string): boolean => personalFields.has(field)

/** Changes without what contact data was and became; of the company's own fields those are kept that are there and open to everybody. */
export async function withoutPersonal<C extends { readonly field: string; readonly before: unknown; readonly after: unknown }>(
  context: Pick<Context, 'actor' | 'db'>,
  changes: readonly C[],
): Promise<readonly C[]> {
  if (!hidesPersonal(context)) return changes
  const { fields } = await readSetting(context.db, ownFieldSetting)
  const open = new Set(fields.flatMap(({ id, personal }) => (personal ? [] : [`own:${id}`])))
  const hidden = (field: string) => isPersonal(field) || (field.startsWith('own:') && !open.has(field))
  return changes.map((one) => (hidden(one.field) ? { ...one, before: null, after: null } : one))
}

/** Where a source names somebody by an e-mail address or telephone number, that name is contact data. */
export const keyFor = (context: Pick<Context, 'actor'>, key: string): string =>
  hidesPersonal(context) ? key.replace(/^(email|phone):.*$/, '$1:…') : key
