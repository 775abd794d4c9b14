import { api as organization } from '#modules/organization/api.ts'
import type { ResultOf } from '#ui/client.ts'
import { nothingKnown, useFormat } from '#ui/format.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { hasWord, useWords } from '#ui/words.ts'
import type { valueApi } from '../api.ts'

export type Policy = ResultOf<typeof valueApi.servicePolicies>['items'][number]
type Whose = Pick<Policy, 'kind' | 'tier'>
export type ShippedPart = keyof Policy['mix'] | 'cadence' | 'benefits'

/** What policies say, in the reader's language: where nobody has written words, those of the product. */
export function usePolicyWords() {
  const t = useWords('value')
  const format = useFormat()
  /** The product's own words; empty where it has none, as of a segment. */
  const shipped = ({ kind, tier }: Whose, part: ShippedPart): string => {
    const key = `policy.shipped.${kind === 'tier' ? tier : kind}.${part}`
    return hasWord('value', key) ? t(key) : ''
  }
  return {
    shipped,
    nameOf: ({ name, kind, tier, segmentName }: Whose & Pick<Policy, 'name' | 'segmentName'>): string =>
      name ?? (kind === 'segment' ? (segmentName ?? t('policy.segmentGone')) : t(`policy.name.${tier ?? 'baseline'}`)),
    mixOf: (policy: Policy, element: keyof Policy['mix']): string => policy.mix[element] ?? shipped(policy, element),
    cadenceOf: (policy: Policy): string => policy.cadence ?? shipped(policy, 'cadence'),
    benefitsOf: (policy: Policy): readonly string[] => policy.benefits ?? lines(shipped(policy, 'benefits')),
    /** Working minutes as people say them: minutes below two hours, else hours. */
    time: (minutes: number | null): string => {
      if (minutes === null) return t('policy.noPromise')
      return minutes < 120 || minutes % 30 !== 0
        ? t('policy.minutes', { count: minutes, minutes: format.number(minutes) })
        : t('policy.hours', { count: minutes / 60, hours: format.number(minutes / 60, minutes % 60 === 0 ? 0 : 1) })
    },
  }
}

export const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '')

/** Departments and teams by their ids. */
export function usePlaces() {
  const { data } = useRead(organization.departments, {})
  const departments = data?.departments ?? []
  const teams = data?.teams ?? []
  const names = new Map([...departments, ...teams].map(({ id, name }) => [id, name]))
  return {
    departments: departments.map(({ id, name }) => ({ value: id, label: name })),
    teams: teams.map(({ id, name }) => ({ value: id, label: name })),
    /** Where it is gone nobody has said. */
    placeOf: (id: string | null): string | null => (id === null ? null : (names.get(id) ?? nothingKnown)),
  }
}
