import { api as organization } from '#modules/organization/api.ts'
import type { ResultOf } from '#ui/client.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import type { casesApi } from '../api.ts'

export type Listed = ResultOf<typeof casesApi.list>['items'][number]
export type Detail = ResultOf<typeof casesApi.one>

/** What a step is called: in the words of whoever made the process, or in the product's. */
export function useStepName() {
  const t = useWords('cases')
  const { language } = useLanguage()
  return (key: string, names: Readonly<Record<string, string>>) => names[language] ?? names.en ?? t(`step.${key}`, { defaultValue: key })
}

/** Category and reason as one. */
export function useMatter() {
  const t = useWords('cases')
  return ({ category, reason }: { readonly category: string | null; readonly reason: string | null }): string | null =>
    category === null ? null : [t(`category.${category}`), reason && t(`reason.${category}.${reason}`)].filter(Boolean).join(' · ')
}

/** What departments are called; null for none, and until it is known. */
export function useDepartmentName() {
  const { data } = useRead(organization.departments, {})
  return (id: string | null): string | null => data?.departments.find((one) => one.id === id)?.name ?? null
}

/** The same of teams. */
export function useTeamName() {
  const { data } = useRead(organization.departments, {})
  return (id: string | null): string | null => data?.teams.find((one) => one.id === id)?.name ?? null
}
