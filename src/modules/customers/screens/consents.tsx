import { Button } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { TableScroll } from '#ui/table-scroll.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { type ConsentChannel, consentChannels, consentOrigins, everything } from '../domain/consent.ts'
import { dayIn, momentSaid } from '../domain/said-when.ts'
import { useNamed } from './named.ts'

type Consents = ResultOf<typeof api.consents>

/** What the customer may be addressed for, by which channel, and everything that they said about it (H-17). */
export function Consents({ customerId }: { customerId: string }) {
  const t = useWords('customers')
  const { may } = useSession()
  const named = useNamed()
  const found = useRead(api.consents, { id: customerId })
  const [saying, setSaying] = useState<'given' | 'withdrawn' | null>(null)
  return (
    <Loaded of={found} lines={3}>
      {({ purposes, ledger, texts }) => (
        <div className="customer-entries">
          <div className="list">
            <TableScroll label={t('consent.title')}>
              <table className="table table-compact">
                <caption className="hidden">{t('consent.title')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('consent.purpose')}</th>
                    {consentChannels.map((channel) => (
                      <th key={channel} scope="col">
                        {t(`consent.channel.${channel}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {purposes.map((purpose) => (
                    <tr key={purpose.key}>
                      <th scope="row" title={named(purpose.texts)}>
                        {named(purpose.names)}
                      </th>
                      {purpose.channels.map((state) => (
                        <td key={state.channel} data-label={t(`consent.channel.${state.channel}`)}>
                          <State state={state} />
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </TableScroll>
          </div>
          {may('customers.write') && (
            <div className="row">
              <Button onClick={() => setSaying('given')}>{t('consent.noteGiven')}</Button>
              <Button danger onClick={() => setSaying('withdrawn')}>
                {t('consent.noteWithdrawn')}
              </Button>
            </div>
          )}
          {ledger.length > 0 && <Ledger ledger={ledger} purposes={purposes} texts={texts} />}
          {saying && <Say customerId={customerId} given={saying === 'given'} purposes={purposes} close={() => setSaying(null)} />}
        </div>
      )}
    </Loaded>
  )
}

function State({ state: { allowed, since } }: { state: Consents['purposes'][number]['channels'][number] }) {
  const t = useWords('customers')
  const format = useFormat()
  return (
    <span className={allowed ? 'consent-allowed' : 'muted'} title={since ? format.instant(since) : t('consent.nothingSaid')}>
      {t(allowed ? 'consent.allowed' : since ? 'consent.refused' : 'consent.unasked')}
    </span>
  )
}

function Ledger({ ledger, purposes, texts }: Pick<Consents, 'ledger' | 'purposes' | 'texts'>) {
  const t = useWords('customers')
  const format = useFormat()
  const owners = usePeople()
  const named = useNamed()
  const nameOf = (key: string) => {
    const purpose = purposes.find((one) => one.key === key)
    return purpose ? named(purpose.names) : key === everything ? t('consent.everything') : key
  }
  return (
    <details>
      <summary>{t('consent.ledger', { count: ledger.length })}</summary>
      <ul className="customer-timeline">
        {ledger.map((entry) => (
          <li key={entry.id}>
            <b>{t(entry.given ? 'consent.given' : 'consent.withdrawn')}</b> {nameOf(entry.purpose)} ·{' '}
            {entry.channel === everything ? t('consent.anyChannel') : t(`consent.channel.${entry.channel}`)}
            {entry.note && <div>{entry.note}</div>}
            <div>
              <small className="muted">
                {[format.instant(entry.at), t(`consent.origin.${entry.origin}`), owners.nameOf(entry.by)].filter(Boolean).join(' · ')}
              </small>
            </div>
            {entry.textVersion !== null && (
              <AgreedText
                version={entry.textVersion}
                texts={texts.find(({ purpose, version }) => purpose === entry.purpose && version === entry.textVersion)?.texts}
              />
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** The words that the customer agreed to, or withdrew from, as they were then. */
function AgreedText({ version, texts }: { version: number; texts: Consents['texts'][number]['texts'] | undefined }) {
  const t = useWords('customers')
  const named = useNamed()
  return (
    <details>
      <summary className="muted">{t('consent.text', { version })}</summary>
      <p>{(texts && named(texts)) || t('consent.textUnknown')}</p>
    </details>
  )
}

interface Said {
  readonly purpose: string
  readonly channel: ConsentChannel | typeof everything
  readonly origin: (typeof consentOrigins)[number]
  readonly day: string
  readonly note?: string | null
}

function Say(props: { customerId: string; given: boolean; purposes: Consents['purposes']; close: () => void }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const named = useNamed()
  const { customerId, given, purposes, close } = props
  const { timeZone } = useFormat()
  const today = dayIn(timeZone, new Date())
  const note = useWrite(api.noteConsent, { onDone: close })
  const [purpose, setPurpose] = useState(given ? (purposes[0]?.key ?? '') : everything)
  const text = purposes.find(({ key }) => key === purpose)?.texts
  const option = (value: string, label: string) => ({ value, label })
  return (
    <Dialog title={t(given ? 'consent.noteGiven' : 'consent.noteWithdrawn')} onClose={close}>
      <Form<Said>
        fields={[
          {
            name: 'purpose',
            kind: 'choice',
            label: t('consent.purpose'),
            required: true,
            options: [
              ...(given ? [] : [option(everything, t('consent.everything'))]),
              ...purposes.map(({ key, names }) => option(key, named(names))),
            ],
            ...(given && text ? { help: named(text) } : {}),
          },
          {
            name: 'channel',
            kind: 'choice',
            label: t('touch.channel'),
            required: true,
            options: [
              ...(given ? [] : [option(everything, t('consent.anyChannel'))]),
              ...consentChannels.map((channel) => option(channel, t(`consent.channel.${channel}`))),
            ],
          },
          {
            name: 'origin',
            kind: 'choice',
            label: t('consent.how'),
            required: true,
            options: consentOrigins.filter((origin) => origin !== 'import').map((origin) => option(origin, t(`consent.origin.${origin}`))),
          },
          { name: 'day', kind: 'day', label: t('consent.day'), help: t('consent.dayHelp'), required: true, max: today },
          { name: 'note', kind: 'text', label: t('field.note'), maxLength: 500 },
        ]}
        initial={{ purpose, channel: given ? 'email' : everything, origin: 'talk', day: today }}
        onChange={(values) => setPurpose(values.purpose)}
        onSubmit={({ day, ...said }) =>
          note.send({
            id: customerId,
            given,
            ...said,
            ...(day < today ? { at: momentSaid(timeZone, day, given, new Date()) } : {}),
            note: said.note ?? null,
          })
        }
        problem={note.problem}
        pending={note.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
