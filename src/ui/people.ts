import { api as organization } from '#modules/organization/api.ts'
import { isUserId } from '#platform/user-id.ts'
import { useNames } from './names.ts'
import { useRead } from './use-endpoint.ts'
import { useLanguage, useWords } from './words.ts'

interface PersonChoice {
  readonly value: string
  readonly label: string
}

export interface People {
  /** Who may sign in, to choose from, by name; in a large house the first of them. */
  readonly choices: readonly PersonChoice[]
  /** The same with those who once could: who has left may still look after something. */
  readonly everybody: readonly PersonChoice[]
  /** Whether these are all; the others of a large house are found by typing (see people-choice.tsx). */
  readonly areAll: boolean
  /** Whether somebody has or had an account, as far as is known yet. */
  hasAccount(id: string): boolean
  /** Whether somebody had an account and may not sign in any more. */
  hasLeft(id: string): boolean
  /** What somebody is called by the id that a record carries; null for nobody. A name that an import brought along stands for itself. */
  nameOf(id: string): string
  nameOf(id: string | null): string | null
}

/** Who works here. */
export function usePeople(): People {
  const t = useWords('ui')
  const { data, isPending } = useRead(organization.people, { limit: 200 })
  const lookedUp = useNames()
  const { language } = useLanguage()
  const people = (data?.items ?? []).toSorted((one, other) => one.name.localeCompare(other.name, language))
  const areAll = data?.next === null
  /** Null: nobody has the id; undefined: it is being looked up. */
  const personOf = (id: string) => {
    const person = people.find((one) => one.id === id)
    if (person || !isUserId(id)) return person ?? null
    return isPending ? undefined : areAll ? null : lookedUp(id)
  }
  const called = (id: string): string => {
    if (id === 'operator' || id === 'system' || id === 'anonymous') return t(`by.${id}`)
    if (!isUserId(id)) return id
    const person = personOf(id)
    return person === undefined ? '…' : (person?.name ?? t('by.unknown'))
  }
  return {
    choices: people.filter(({ enabled }) => enabled).map(asChoice),
    everybody: people.map(asChoice),
    areAll,
    hasAccount: (id) => personOf(id) != null,
    hasLeft: (id) => personOf(id)?.enabled === false,
    nameOf: ((id: string | null) => (id === null ? null : called(id))) as People['nameOf'],
  }
}

const asChoice = ({ id, name }: { id: string; name: string }): PersonChoice => ({ value: id, label: name })
