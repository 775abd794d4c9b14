import { Button, Checkbox, Input, InputNumber, Progress } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { Compared, useMerged } from '#ui/compared.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { Refused } from '#ui/refused.tsx'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'
import { changeShare, pointsDone, worksheetPoints } from '../domain/worksheet.ts'
import './commitments.css'

type Worksheet = ResultOf<typeof commitmentsApi.worksheet>

/** On a customer's page: what the account could become, in nine points, and what buying from us changed for them. */
export function WorksheetPanel({ customerId }: { customerId: string }) {
  const t = useWords('commitments')
  const sheet = useRead(commitmentsApi.worksheet, { customerId }, { keepPrevious: false })
  const { may } = useSession()
  const writes = may('commitments.write')
  const [open, setOpen] = useState(false)
  return (
    <Loaded of={sheet} lines={2}>
      {(found) => (
        <>
          <div className="customer-head">
            <Progress
              type="circle"
              size={56}
              percent={Math.round((100 * found.done) / worksheetPoints.length)}
              format={() => `${found.done}/${worksheetPoints.length}`}
              aria-label={t('worksheet.completion')}
            />
            <div>
              <div>{t('worksheet.complete', { done: found.done, of: worksheetPoints.length })}</div>
              <Measure sheet={found} />
              <ChangedBy sheet={found} />
            </div>
            <Button onClick={() => setOpen(!open)} aria-expanded={open}>
              {open ? t('worksheet.close') : writes ? t('worksheet.work') : t('worksheet.look')}
            </Button>
          </div>
          {open && <Points customerId={customerId} sheet={found} />}
        </>
      )}
    </Loaded>
  )
}

function Measure({ sheet }: { sheet: Pick<Worksheet, 'metric' | 'before' | 'after'> }) {
  const t = useWords('commitments')
  const format = useFormat()
  const { metric, before, after } = sheet
  const share = changeShare({ before, after })
  if (!metric || (before === null && after === null)) return null
  const digits = (value: number | null) => (value === null || Number.isInteger(value) ? 0 : 2)
  return (
    <div className="figure">
      {t('worksheet.measure', { metric, before: format.number(before, digits(before)), after: format.number(after, digits(after)) })}
      {share !== null && <b className={share < 0 ? 'figure-loss' : undefined}> {`${share > 0 ? '+' : ''}${format.percent(share, 1)}`}</b>}
    </div>
  )
}

function ChangedBy({ sheet: { changedAt, changedBy } }: { sheet: Worksheet }) {
  const t = useWords('commitments')
  const format = useFormat()
  const people = usePeople()
  if (!changedAt) return null
  return <small className="muted">{t('history.by', { at: format.instant(changedAt), name: people.nameOf(changedBy) })}</small>
}

function Points({ customerId, sheet }: { customerId: string; sheet: Worksheet }) {
  const t = useWords('commitments')
  const ui = useWords('ui')
  const notice = useNotice()
  const { may } = useSession()
  const writes = may('commitments.write')
  const typed = useMerged(flat(sheet))
  const { measure, points } = whole(typed.values, sheet)
  const save = useWrite(commitmentsApi.saveWorksheet, { onDone: () => notice.done(ui('saved')) })
  const label = (name: string) => {
    const [first, part] = name.split('.')
    return t(part === undefined ? `worksheet.${first}` : `point.${first}`)
  }
  const shown = (_: string, value: unknown) =>
    typeof value === 'boolean' ? ui(value ? 'yes' : 'no') : String(value ?? ui('meanwhile.nothing'))
  const value = (name: 'before' | 'after') => (
    <label className="worksheet-value" htmlFor={`worksheet-${name}`}>
      {t(`worksheet.${name}`)}
      <InputNumber<number>
        id={`worksheet-${name}`}
        disabled={!writes}
        value={measure[name]}
        controls={false}
        onChange={(value) => typed.set({ [name]: value ?? null })}
      />
    </label>
  )
  return (
    <form
      className="worksheet"
      onSubmit={(event) => {
        event.preventDefault()
        void save
          .send({ customerId, version: sheet.version, points, metric: measure.metric, before: measure.before, after: measure.after })
          .then(typed.saved, () => {})
      }}
    >
      <Refused problem={save.problem} />
      {typed.compared && <Compared compared={typed.compared} label={label} shown={shown} decide={typed.decide} />}
      <ol className="worksheet-points">
        {points.map(({ point, note, done }) => (
          <li key={point}>
            <Checkbox checked={done} disabled={!writes} onChange={(event) => typed.set({ [`${point}.done`]: event.target.checked })}>
              {t(`point.${point}`)}
            </Checkbox>
            <Input.TextArea
              aria-label={t('worksheet.noteOn', { point: t(`point.${point}`) })}
              autoSize={{ minRows: 1, maxRows: 6 }}
              maxLength={2000}
              disabled={!writes}
              value={note ?? ''}
              onChange={(event) => typed.set({ [`${point}.note`]: event.target.value || null })}
            />
          </li>
        ))}
      </ol>
      <fieldset className="worksheet-measure">
        <legend>{t('worksheet.measureTitle')}</legend>
        <label className="worksheet-metric" htmlFor="worksheet-metric">
          {t('worksheet.metric')}
          <Input
            id="worksheet-metric"
            maxLength={200}
            disabled={!writes}
            value={measure.metric ?? ''}
            onChange={(event) => typed.set({ metric: event.target.value || null })}
          />
        </label>
        {value('before')}
        {value('after')}
        <Measure sheet={measure} />
      </fieldset>
      {writes && (
        <div className="form-actions">
          <Button type="primary" htmlType="submit" loading={save.pending}>
            {ui('save')}
          </Button>
          <span className="muted">{t('worksheet.complete', { done: pointsDone(points), of: points.length })}</span>
        </div>
      )}
    </form>
  )
}

/** A worksheet field by field, so that two people can work on two points; and back. */
const flat = ({ points, metric, before, after }: Worksheet): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(points.flatMap(({ point, note, done }) => [[`${point}.note`, note] as const, [`${point}.done`, done] as const])),
  metric,
  before,
  after,
})
const whole = (values: Readonly<Record<string, unknown>>, { points }: Worksheet) => ({
  points: points.map((one) => ({
    ...one,
    note: values[`${one.point}.note`] as string | null,
    done: values[`${one.point}.done`] === true,
  })),
  measure: values as Pick<Worksheet, 'metric' | 'before' | 'after'>,
})
