import { Button, Tag } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { GivenForm, ObservationForm } from './observation-forms.tsx'

export type Observation = ResultOf<typeof valueApi.observations>['items'][number]
export type Given = ResultOf<typeof valueApi.servicesGiven>['items'][number]
type Open =
  | { readonly form: 'observation'; readonly id: string | null }
  | { readonly form: 'given'; readonly id: string | null; readonly answers: string | null }

/** On a customer's page: what was noticed, which need it may mean, what was done about it, and how the customer took it (K-03). */
export function ObservationsPanel({ customerId }: { customerId: string }) {
  const t = useWords('value')
  const { may } = useSession()
  const observed = useRead(valueApi.observations, { customerId }, { keepPrevious: false })
  const given = useRead(valueApi.servicesGiven, { customerId }, { keepPrevious: false })
  const [open, setOpen] = useState<Open | null>(null)
  const writes = may('value.serve')
  const close = () => setOpen(null)
  return (
    <>
      <Loaded of={observed} lines={2}>
        {({ items }) => (
          <>
            {items.length === 0 && <p className="muted">{t('observation.none')}</p>}
            <ul className="value-lines">
              {items.map((one) => (
                <ObservationLine key={one.id} observation={one} writes={writes} onOpen={setOpen} />
              ))}
            </ul>
            {open?.form === 'observation' && (
              <ObservationForm customerId={customerId} observation={items.find(({ id }) => id === open.id) ?? null} close={close} />
            )}
          </>
        )}
      </Loaded>
      <Loaded of={given} lines={2}>
        {({ items }) => (
          <>
            {items.length > 0 && <h3 className="value-said">{t('given.title')}</h3>}
            <ul className="value-lines">
              {items.map((one) => (
                <GivenLine key={one.id} given={one} writes={writes} onOpen={setOpen} />
              ))}
            </ul>
            {open?.form === 'given' && (
              <GivenForm
                customerId={customerId}
                given={items.find(({ id }) => id === open.id) ?? null}
                answers={observed.data?.items.find(({ id }) => id === open.answers) ?? null}
                close={close}
              />
            )}
          </>
        )}
      </Loaded>
      {writes && (
        <span className="row">
          <Button onClick={() => setOpen({ form: 'observation', id: null })}>{t('observation.add')}</Button>
          <Button onClick={() => setOpen({ form: 'given', id: null, answers: null })}>{t('given.add')}</Button>
        </span>
      )}
    </>
  )
}

interface LineProps {
  readonly writes: boolean
  readonly onOpen: (open: Open) => void
}

function ObservationLine({ observation, writes, onOpen }: LineProps & { readonly observation: Observation }) {
  const t = useWords('value')
  const format = useFormat()
  const people = usePeople()
  const { id, noticed, hypothesis, state } = observation
  return (
    <li>
      <span className="value-line">
        <span className="written">{noticed}</span> <Tag>{t(`observation.state.${state}`)}</Tag>
        {hypothesis && <div>{t('observation.maybe', { hypothesis })}</div>}
        <div className="muted value-small">
          {format.instant(observation.noticedAt)} · {people.nameOf(observation.noticedBy)}
        </div>
      </span>
      {writes && (
        <>
          <Button size="small" onClick={() => onOpen({ form: 'observation', id })} aria-label={`${t('edit')}: ${noticed}`}>
            {t('edit')}
          </Button>
          {state !== 'acted' && (
            <Button
              size="small"
              onClick={() => onOpen({ form: 'given', id: null, answers: id })}
              aria-label={`${t('observation.surprise')}: ${noticed}`}
            >
              {t('observation.surprise')}
            </Button>
          )}
        </>
      )}
    </li>
  )
}

function GivenLine({ given, writes, onOpen }: LineProps & { readonly given: Given }) {
  const t = useWords('value')
  const format = useFormat()
  const people = usePeople()
  const { id, what, layer, extraType, scoreBefore, scoreAfter, reaction } = given
  return (
    <li>
      <span className="value-line">
        <b className="written">{what}</b> <Tag>{extraType ? t(`extraType.${extraType}`) : t(`layer.${layer}`)}</Tag>
        <div>
          {t('given.cost', { cost: format.money(given.costMinor) })}{' '}
          {(scoreBefore !== null || scoreAfter !== null) &&
            t('given.scores', { before: format.number(scoreBefore), after: format.number(scoreAfter) })}
        </div>
        {reaction && <div className="written">{reaction}</div>}
        <div className="muted value-small">
          {format.day(given.givenOn)} · {people.nameOf(given.givenBy)}
        </div>
      </span>
      {writes && (
        <Button size="small" onClick={() => onOpen({ form: 'given', id, answers: null })} aria-label={`${t('given.react')}: ${what}`}>
          {t('given.react')}
        </Button>
      )}
    </li>
  )
}
