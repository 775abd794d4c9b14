import { PlusOutlined } from '@ant-design/icons'
import { Button, Input, Tag } from 'antd'
import { useState } from 'react'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { usePeople } from '#ui/people.ts'
import { Refused } from '#ui/refused.tsx'
import { TableScroll } from '#ui/table-scroll.tsx'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { text } from './act-fields.tsx'
import type { Detail } from './shown.ts'

type Hypothesis = Detail['hypotheses'][number]
const states = ['open', 'ruled-out', 'confirmed'] as const

/** The search for a cause (G-29): what was observed, side by side, and which explanations are open, ruled out or confirmed. */
export function SearchPart({ found }: { readonly found: Detail }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const [observing, setObserving] = useState(false)
  const [hypothesis, setHypothesis] = useState<Hypothesis | 'new' | null>(null)
  const columns = [...new Set(found.observations.flatMap(({ values }) => Object.keys(values)))]
  const may = found.may.includes('observation')
  return (
    <section aria-label={t('search.title')}>
      <h3>{t('search.title')}</h3>
      {found.observations.length + found.hypotheses.length === 0 && <p className="muted">{t('search.none')}</p>}
      {found.observations.length > 0 && (
        <TableScroll label={t('search.observations')}>
          <table className="table table-compact">
            <caption className="hidden">{t('search.observations')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('said.at')}</th>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
                <th scope="col">{t('said.note')}</th>
              </tr>
            </thead>
            <tbody>
              {found.observations.map(({ id, at, by, values, note }) => (
                <tr key={id}>
                  <td data-label={t('said.at')}>
                    {format.instant(at)} <small className="muted">{people.nameOf(by)}</small>
                  </td>
                  {columns.map((column) => (
                    <td key={column} data-label={column}>
                      {values[column] ?? ''}
                    </td>
                  ))}
                  <td data-label={t('said.note')}>{note}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
      {found.hypotheses.length > 0 && (
        <ul className="plain-list">
          {found.hypotheses.map((one) => (
            <li key={one.id} className="row">
              <Tag>{`${one.state === 'confirmed' ? '✓ ' : ''}${t(`hypothesis.${one.state}`)}`}</Tag>
              <span className={one.state === 'ruled-out' ? 'muted' : ''}>{one.text}</span>
              {one.note && <small className="muted">{one.note}</small>}
              {may && one.state === 'open' && (
                <Button size="small" onClick={() => setHypothesis(one)}>
                  {t('search.judge')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {may && (
        <span className="row">
          <Button icon={<PlusOutlined />} onClick={() => setObserving(true)}>
            {t('search.observe')}
          </Button>
          <Button icon={<PlusOutlined />} onClick={() => setHypothesis('new')}>
            {t('search.suppose')}
          </Button>
        </span>
      )}
      {observing && <Observe found={found} columns={columns} close={() => setObserving(false)} />}
      {hypothesis && <Suppose found={found} of={hypothesis === 'new' ? null : hypothesis} close={() => setHypothesis(null)} />}
    </section>
  )
}

/** One observation: what may matter, each with its value. The columns of the others are offered, so that they can be compared. */
function Observe({ found, columns, close }: { readonly found: Detail; readonly columns: readonly string[]; readonly close: () => void }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const [lines, setLines] = useState<readonly (readonly [string, string])[]>([...columns.map((name) => [name, ''] as const), ['', '']])
  const [note, setNote] = useState('')
  const save = useWrite(casesApi.observe, {
    onDone: () => {
      notice.done(t('acted'))
      close()
    },
  })
  const put = (at: number, line: readonly [string, string]) => setLines(lines.map((one, i) => (i === at ? line : one)))
  const values = Object.fromEntries(lines.map(([name, value]) => [name.trim(), value.trim()]).filter(([name, value]) => name && value))
  const send = () =>
    save
      .send({ caseId: found.id, version: found.version, id: crypto.randomUUID(), values, note: text(note) })
      // The problem is shown above the lines.
      .catch(() => {})
  return (
    <Dialog title={t('search.observe')} onClose={close} wide>
      <form
        className="case-remedies"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <p className="muted">{t('search.observeHelp')}</p>
        <Refused problem={save.problem} />
        {lines.map(([name, value], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and are only added
          <div key={at} className="row">
            <Input
              aria-label={t('search.what')}
              placeholder={t('search.what')}
              value={name}
              maxLength={60}
              onChange={({ target }) => put(at, [target.value, value])}
            />
            <Input
              aria-label={name || t('search.value')}
              placeholder={t('search.value')}
              value={value}
              maxLength={500}
              onChange={({ target }) => put(at, [name, target.value])}
            />
          </div>
        ))}
        <Button icon={<PlusOutlined />} onClick={() => setLines([...lines, ['', '']])}>
          {t('search.another')}
        </Button>
        <Input.TextArea
          aria-label={t('said.note')}
          placeholder={t('said.note')}
          value={note}
          maxLength={2000}
          onChange={({ target }) => setNote(target.value)}
        />
        <span className="row">
          <Button type="primary" htmlType="submit" loading={save.pending} disabled={Object.keys(values).length === 0}>
            {ui('save')}
          </Button>
          <Button onClick={close}>{ui('cancel')}</Button>
        </span>
      </form>
    </Dialog>
  )
}

interface Typed {
  readonly text: string
  readonly state: (typeof states)[number]
  readonly note: string | null
}

function Suppose({ found, of, close }: { readonly found: Detail; readonly of: Hypothesis | null; readonly close: () => void }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const save = useWrite(casesApi.hypothesize, {
    onDone: () => {
      notice.done(t('acted'))
      close()
    },
  })
  return (
    <Dialog title={t(of ? 'search.judge' : 'search.suppose')} onClose={close}>
      <Form<Typed>
        fields={[
          { name: 'text', kind: 'area', label: t('search.hypothesis'), required: true, rows: 2, maxLength: 1000 },
          {
            name: 'state',
            kind: 'choice',
            label: t('search.state'),
            required: true,
            help: t('search.confirmedHelp'),
            options: states.map((value) => ({ value, label: t(`hypothesis.${value}`) })),
          },
          { name: 'note', kind: 'area', label: t('search.proof'), rows: 2, maxLength: 2000 },
        ]}
        initial={of ? { text: of.text, state: of.state, note: of.note } : { state: 'open' }}
        onSubmit={(typed) =>
          save.send({
            caseId: found.id,
            version: found.version,
            id: of?.id ?? crypto.randomUUID(),
            text: typed.text,
            state: typed.state,
            note: text(typed.note),
          })
        }
        problem={save.problem}
        pending={save.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
