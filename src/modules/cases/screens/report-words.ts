import { api as organization } from '#modules/organization/api.ts'
import { useSession } from '#ui/session.ts'
import { useDuration } from '#ui/use-duration.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import type { Dimension } from '../domain/report.ts'
import { causeFields } from '../domain/taxonomy.ts'
import { useCauseName } from './set-up-words.ts'

type Namer = (key: string) => string

/** What the keys of a dimension are called. */
export function useKeyNames(): (dimension: Dimension) => Namer {
  const t = useWords('cases')
  const { may } = useSession()
  const { data } = useRead(organization.departments, {}, { enabled: may('cases.read') })
  const causeName = useCauseName()
  const causes = useRead(casesApi.causes, {}, { enabled: may('cases.read') })
  const own = new Map((causes.data?.causes ?? []).map((cause) => [cause.id, causeName(cause)]))
  const departments = new Map((data?.departments ?? []).map(({ id, name }) => [id, name]))
  const names: Readonly<Record<Dimension, Namer>> = {
    category: (key) => t(`category.${key}`, { defaultValue: key }),
    reason: (key) => {
      const [category = '', reason = ''] = key.split('/')
      return `${t(`category.${category}`, { defaultValue: category })} · ${t(`reason.${category}.${reason}`, { defaultValue: reason })}`
    },
    dissatisfaction: (key) => t(`dissatisfaction.${key}`, { defaultValue: key }),
    // Until they are read, and where a cause is gone, it is just one.
    cause: (key) => ((causeFields as readonly string[]).includes(key) ? t(`causeField.${key}`) : (own.get(key) ?? t('problem.aCause'))),
    department: (key) => departments.get(key) ?? key,
    product: (key) => key,
    tier: (key) => t(`ui:tier.${key}`, { defaultValue: key }),
  }
  return (dimension) => names[dimension]
}

/** How long something took, from seconds. */
export function useTimeTaken(): (seconds: number | null | undefined) => string {
  const duration = useDuration()
  return (seconds) => duration(seconds == null ? null : seconds / 60)
}
