import { api as organization } from '#modules/organization/api.ts'
import type { ResultOf } from '#ui/client.ts'
import type { Field } from '#ui/form.tsx'
import { useNamed } from '#ui/named.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords, type Words } from '#ui/words.ts'
import type { casesApi } from '../api.ts'

export type Route = ResultOf<typeof casesApi.routes>['routes'][number]
export type Cause = ResultOf<typeof casesApi.causes>['causes'][number]
export type Offer = ResultOf<typeof casesApi.offers>['offers'][number]
export type Body = ResultOf<typeof casesApi.bodies>['bodies'][number]
export type Authority = ResultOf<typeof casesApi.authority>
export type StaffRules = ResultOf<typeof casesApi.staffRules>['versions'][number]

export const namedLanguages = ['en', 'zh-CN', 'zh-TW'] as const
export type TypedNames = { readonly [L in (typeof namedLanguages)[number] as `name.${L}`]?: string }

/** What something is called in each language of the product, as fields of a form. */
export const nameFields = <V extends TypedNames>(t: Words): readonly Field<V>[] =>
  namedLanguages.map((language) => ({
    name: `name.${language}` as keyof V & string,
    kind: 'text',
    label: t(`setUp.name.${language}`),
    maxLength: 120,
  }))
export const namesOf = (typed: TypedNames) => ({
  en: typed['name.en'] ?? '',
  'zh-CN': typed['name.zh-CN'] ?? '',
  'zh-TW': typed['name.zh-TW'] ?? '',
})
export const typedNames = (names: Readonly<Record<string, string>>): TypedNames => ({
  'name.en': names.en ?? '',
  'name.zh-CN': names['zh-CN'] ?? '',
  'name.zh-TW': names['zh-TW'] ?? '',
})

/** A word of the company's in the reader's language; null where it has none. */
function useOwnName() {
  const named = useNamed()
  return (names: Readonly<Record<string, string>>): string | null =>
    named({ en: names.en ?? '', 'zh-CN': names['zh-CN'] ?? '', 'zh-TW': names['zh-TW'] ?? '' }) || null
}

/** What a cause is called: by the company, or as the product ships it. */
export function useCauseName(): (cause: Pick<Cause, 'kind' | 'names'>) => string {
  const t = useWords('cases')
  const own = useOwnName()
  return ({ kind, names }) => own(names) ?? t(`causeKind.${kind}`)
}

export function useOfferName(): (offer: Pick<Offer, 'kind' | 'names'>) => string {
  const t = useWords('cases')
  const own = useOwnName()
  return ({ kind, names }) => own(names) ?? t(`remedy.${kind}`)
}

/** What roles are called: in the words of the product, or as the company named them. */
export function useRoles() {
  const t = useWords('organization')
  const own = useOwnName()
  const { data } = useRead(organization.roleNames, {})
  const known = new Map(data?.roles.map(({ name, names }) => [name, names]))
  const nameOf = (role: string): string => {
    const names = known.get(role)
    return names === undefined ? role : names === null ? t(`role.${role}`) : (own(names) ?? role)
  }
  return { nameOf, choices: (data?.roles ?? []).map(({ name }) => ({ value: name, label: nameOf(name) })) }
}

export function useDepartments() {
  const { data } = useRead(organization.departments, {})
  const departments = data?.departments ?? []
  const names = new Map(departments.map(({ id, name }) => [id, name]))
  return {
    departments,
    choices: departments.map(({ id, name }) => ({ value: id, label: name })),
    nameOf: (id: string | null): string | null => (id === null ? null : (names.get(id) ?? null)),
    headOf: (id: string | null): string | null => departments.find((one) => one.id === id)?.headId ?? null,
  }
}
