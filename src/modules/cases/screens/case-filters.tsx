import { FilterOutlined } from '@ant-design/icons'
import { Button, Checkbox, Select } from 'antd'
import type { z } from 'zod'
import { Labelled, Several } from '#ui/filter-parts.tsx'
import { type ListQuery, useListQuery } from '#ui/list-query.ts'
import { PeopleChoice } from '#ui/people-choice.tsx'
import { PopoverButton } from '#ui/popover-button.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { states } from '../domain/case.ts'
import { kinds } from '../domain/taxonomy.ts'

/** What may be asked of the list of cases; a number is looked for elsewhere. */
const fields = casesApi.list.input.omit({ cursor: true, limit: true, number: true })
export type CaseQuery = ListQuery<z.output<typeof fields>>
export const useCaseQuery = (): CaseQuery => useListQuery(fields)

/** What narrows a queue, in the order in which it is asked for. */
const filters = ['late', 'kind', 'state', 'manager'] as const
export const without = Object.fromEntries(filters.map((key) => [key, undefined])) as Readonly<Record<(typeof filters)[number], undefined>>

/** How many filters are set. */
export const countOf = ({ input }: Pick<CaseQuery, 'input'>): number => filters.filter((key) => input[key] !== undefined).length

/** Whose customers, which kinds, which state, and whether something of it came too late; the button says how many are set. */
export function CaseFilters({ query }: { readonly query: CaseQuery }) {
  const t = useWords('cases')
  const { may, user } = useSession()
  const { input, change } = query
  const set = countOf(query)
  return (
    <>
      {may('customers.read') && (
        <Checkbox
          className="case-mine"
          checked={input.manager === user.id}
          onChange={({ target }) => change({ manager: target.checked ? user.id : undefined })}
        >
          {t('list.myCustomers')}
        </Checkbox>
      )}
      <PopoverButton icon={<FilterOutlined />} count={set} content={() => <Choices query={query} />}>
        {t('list.filters')}
      </PopoverButton>
      {set > 0 && <Button onClick={() => change(without)}>{t('list.clear')}</Button>}
    </>
  )
}

function Choices({ query: { input, change } }: { readonly query: CaseQuery }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const { may } = useSession()
  return (
    <div className="list-filters">
      <Labelled label={t('list.late')}>
        <Select<string | null>
          className="list-filter"
          aria-label={t('list.late')}
          allowClear={{ label: ui('clear') } as never}
          placeholder={t('list.any')}
          value={input.late === undefined ? null : String(input.late)}
          onChange={(late) => change({ late: late ? late === 'true' : undefined })}
          options={['true', 'false'].map((value) => ({ value, label: t(`list.late.${value}`) }))}
        />
      </Labelled>
      <Labelled label={t('field.kind')}>
        <Several
          label={t('field.kind')}
          placeholder={t('list.everyKind')}
          value={input.kind}
          options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          choose={(chosen) => change({ kind: chosen as typeof input.kind })}
        />
      </Labelled>
      <Labelled label={t('field.state')}>
        <Several
          label={t('field.state')}
          placeholder={t('list.any')}
          value={input.state}
          options={states.map((value) => ({ value, label: t(`state.${value}`) }))}
          // Queues hold what is open; any other state is looked for in everything.
          choose={(chosen) => change({ state: chosen as typeof input.state, ...(chosen ? { queue: 'all' } : {}) })}
        />
      </Labelled>
      {may('customers.read') && (
        <Labelled label={t('field.manager')}>
          <PeopleChoice
            className="list-filter"
            alsoLeft
            aria-label={t('field.manager')}
            placeholder={t('list.any')}
            value={input.manager}
            onChange={(manager) => change({ manager: manager ?? undefined })}
          />
        </Labelled>
      )}
      <small className="muted">{t('list.stateHelp')}</small>
    </div>
  )
}
