import { Button, Checkbox, Select, Tag } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loading, Page } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { useSession } from '#ui/session.ts'
import { usePages } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { states } from '../domain/case.ts'
import { categories, kinds } from '../domain/taxonomy.ts'
import { CaseCustomer } from './case-customer.tsx'
import { NewPublication } from './publication-dialog.tsx'
import { SearchWords } from './search-words.tsx'
import './cases.css'
import './seeing.css'
import './voice.css'

type Heard = ResultOf<typeof casesApi.voice>['items'][number]

/** What customers said, in their own words, the newest first; what belongs together gets one answer in public (M-14). */
export function VoicePage() {
  const t = useWords('cases')
  const ui = useWords('ui')
  const { may } = useSession()
  const [params, setParams] = useSearchParams()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [isAnswering, setAnswering] = useState(false)
  const q = params.get('q') ?? ''
  const kind = kinds.find((one) => one === params.get('kind'))
  const category = categories.find((one) => one === params.get('category'))
  const state = states.find((one) => one === params.get('state'))
  const unanswered = params.get('unanswered') === 'true'
  const pages = usePages(casesApi.voice, {
    ...(q ? { q } : {}),
    ...(kind ? { kind: [kind] } : {}),
    ...(category ? { category: [category] } : {}),
    ...(state ? { state: [state] } : {}),
    ...(unanswered ? { unanswered } : {}),
  })
  const look = (change: Readonly<Record<string, string | null>>) => {
    const next = new URLSearchParams(params)
    for (const [key, value] of Object.entries(change)) value ? next.set(key, value) : next.delete(key)
    setParams(next, { replace: true })
  }
  const choose = (caseId: string, isChosen: boolean) => {
    const next = new Set(chosen)
    isChosen ? next.add(caseId) : next.delete(caseId)
    setChosen(next)
  }
  const more = (
    <Button onClick={pages.more} loading={pages.isLoadingMore}>
      {ui('table.more')}
    </Button>
  )
  return (
    <Page title={t('voice.title')} about={t('voice.about')} actions={<Link to="/cases/publications">{t('publication.title')}</Link>}>
      <Filters {...{ q, kind, category, state, unanswered, look }} />
      <Refused problem={pages.problem} again={pages.again} />
      {pages.isPending ? (
        <Loading lines={8} />
      ) : pages.items.length === 0 ? (
        !pages.problem && (
          <Empty title={t(q ? 'voice.notFound' : 'voice.none')} action={pages.hasMore && more}>
            {t(q ? 'voice.notFoundHelp' : 'voice.noneHelp')}
          </Empty>
        )
      ) : (
        <>
          <ul className="voice-list" aria-label={t('voice.title')}>
            {pages.items.map((one) => (
              <Item
                key={one.key}
                of={one}
                isChosen={chosen.has(one.case.id)}
                choose={may('cases.write') ? (isChosen) => choose(one.case.id, isChosen) : null}
              />
            ))}
          </ul>
          {pages.hasMore && <p>{more}</p>}
        </>
      )}
      {chosen.size > 0 && (
        <div className="voice-chosen">
          <span role="status">{t('voice.chosen', { count: chosen.size })}</span>
          <Button type="primary" onClick={() => setAnswering(true)}>
            {t('voice.answer')}
          </Button>
          <Button onClick={() => setChosen(new Set())}>{ui('cancel')}</Button>
        </div>
      )}
      {isAnswering && (
        <NewPublication
          caseIds={[...chosen]}
          close={() => setAnswering(false)}
          done={() => {
            setAnswering(false)
            setChosen(new Set())
          }}
        />
      )}
    </Page>
  )
}

interface FiltersProps {
  readonly q: string
  readonly kind: string | undefined
  readonly category: string | undefined
  readonly state: string | undefined
  readonly unanswered: boolean
  readonly look: (change: Readonly<Record<string, string | null>>) => void
}

function Filters({ q, kind, category, state, unanswered, look }: FiltersProps) {
  const t = useWords('cases')
  const choice = (name: string, value: string | undefined, placeholder: string, label: string, all: readonly string[], of: string) => (
    <Select<string>
      aria-label={label}
      className="case-kind-choice"
      allowClear
      placeholder={placeholder}
      value={value ?? null}
      onChange={(next) => look({ [name]: next ?? null })}
      options={all.map((one) => ({ value: one, label: t(`${of}.${one}`) }))}
    />
  )
  return (
    <SearchWords label={t('voice.search')} placeholder={t('voice.placeholder')} q={q} look={(words) => look({ q: words })}>
      {choice('kind', kind, t('list.everyKind'), t('field.kind'), kinds, 'kind')}
      {choice('category', category, t('voice.everyCategory'), t('field.category'), categories, 'category')}
      {choice('state', state, t('voice.everyState'), t('field.state'), states, 'state')}
      <Checkbox checked={unanswered} onChange={({ target }) => look({ unanswered: target.checked ? 'true' : null })}>
        {t('voice.unanswered')}
      </Checkbox>
    </SearchWords>
  )
}

interface ItemProps {
  readonly of: Heard
  readonly isChosen: boolean
  readonly choose: ((isChosen: boolean) => void) | null
}

function Item({ of, isChosen, choose }: ItemProps) {
  const t = useWords('cases')
  const format = useFormat()
  const { case: one } = of
  return (
    <li className="voice-item">
      <div className="voice-head">
        {choose && (
          <Checkbox
            checked={isChosen}
            aria-label={t('voice.choose', { subject: one.subject })}
            onChange={({ target }) => choose(target.checked)}
          />
        )}
        <CaseCustomer of={one.customer} />
        <span className="muted">
          {t(`voice.source.${of.source}`)} · {format.instant(of.at)}
        </span>
        {of.satisfied !== null && <Tag>{t(of.satisfied ? 'said.satisfied' : 'said.dissatisfied')}</Tag>}
        {of.score !== null && <span className="muted">{`${t('said.score')} ${format.number(of.score)}`}</span>}
      </div>
      <p className="voice-words">{of.text}</p>
      <div className="voice-head">
        <Link to={`/cases/${one.id}`}>
          <span className="case-number">{one.number}</span> {t(`kind.${one.kind}`)}
        </Link>
        <Tag>{t(`state.${one.state}`)}</Tag>
        {one.category && <span className="muted">{t(`category.${one.category}`)}</span>}
        {of.publications.map(({ id, state }) => (
          <Link key={id} to={`/cases/publications/${id}`}>
            {t('publication.title')}: {t(`publication.state.${state}`)}
          </Link>
        ))}
      </div>
    </li>
  )
}
