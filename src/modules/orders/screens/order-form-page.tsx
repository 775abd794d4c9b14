import { Button, Input } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { api as customers } from '#modules/customers/api.ts'
import type { Problem } from '#ui/client.ts'
import { Compared, useMerged } from '#ui/compared.tsx'
import { formatMoney, useFormat } from '#ui/format.ts'
import { DayInput } from '#ui/inputs.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { Refused, useFieldSentence } from '#ui/refused.tsx'
import { todayIn } from '#ui/today.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import type { TermsInput } from '../api/terms.ts'
import { type OrderInput, ordersApi } from '../api.ts'
import { alsoChanges } from './also-changes.ts'
import { ChooseCustomer } from './choose-customer.tsx'
import { amountOf, type DraftLine, draftOf, emptyLine, inputOf, isEmpty } from './draft.ts'
import { Labelled } from './labelled.tsx'
import { LineFields } from './line-fields.tsx'
import type { OrderDetail } from './order-page.tsx'
import { emptyTerms, termsOf } from './terms-draft.ts'
import { TermsFields } from './terms-fields.tsx'
import './orders.css'

/** An order by hand for the customer of the address. */
export function NewOrderPage() {
  const t = useWords('orders')
  const [params] = useSearchParams()
  const customerId = params.get('customer') ?? ''
  const navigate = useNavigate()
  const notice = useNotice()
  const format = useFormat()
  const customer = useRead(customers.one, { id: customerId }, { enabled: customerId !== '' })
  const place = useWrite(ordersApi.place, { alsoChanges })
  if (customerId === '') return <ChooseCustomer />
  return (
    <Loaded of={customer}>
      {({ values }) => (
        <Page title={t('form.new')} about={<Link to={`/customers/${customerId}`}>{values.name}</Link>}>
          <OrderForm
            initial={{
              number: null,
              day: todayIn(format.timeZone),
              placedAt: null,
              currency: null,
              channel: null,
              campaign: null,
              lines: [{ ...emptyLine(), key: 'first' }],
            }}
            withTerms
            problem={place.problem}
            pending={place.pending}
            back={`/customers/${customerId}`}
            submit={t('form.place')}
            onSubmit={async (input) => {
              const { id } = await place.send({ customerId, ...input })
              notice.done(t('form.placed'))
              navigate(`/orders/${id}`, { replace: true })
            }}
          />
        </Page>
      )}
    </Loaded>
  )
}

export function ChangeOrderPage() {
  const { id = '' } = useParams()
  const order = useRead(ordersApi.one, { id }, { keepPrevious: false })
  return <Loaded of={order}>{(found) => <ChangeOrder key={found.id} order={found} />}</Loaded>
}

function ChangeOrder({ order }: { order: OrderDetail }) {
  const t = useWords('orders')
  const format = useFormat()
  const navigate = useNavigate()
  const notice = useNotice()
  const change = useWrite(ordersApi.change, { alsoChanges })
  return (
    <Page
      title={order.number === null ? t('form.changeOf', { day: format.day(order.day) }) : t('form.changeTitle', { number: order.number })}
      about={order.source === 'hand' ? order.customerName : t('form.changeAbout', { source: order.source })}
    >
      <OrderForm
        initial={{
          number: order.number,
          day: order.day,
          placedAt: order.placedAt,
          currency: order.rate === null ? null : order.currency,
          channel: order.channel,
          campaign: order.campaign,
          lines: draftOf(order, format.currency),
        }}
        numberFixed
        problem={change.problem}
        pending={change.pending}
        back={`/orders/${order.id}`}
        submit={t('form.save')}
        onSubmit={async (input) => {
          await change.send({ id: order.id, version: order.version, ...input })
          notice.done(t('form.saved'))
          navigate(`/orders/${order.id}`, { replace: true })
        }}
      />
    </Page>
  )
}

interface Draft extends Omit<OrderInput, 'lines' | 'day'> {
  readonly day: string
  readonly lines: readonly DraftLine[]
}

interface OrderFormProps {
  readonly initial: Draft
  /** An order keeps the number by which its source knows it. */
  readonly numberFixed?: boolean
  /** A new order says at once what is promised for it; later that stands on the order's own page. */
  readonly withTerms?: boolean
  readonly problem: Problem | null
  readonly pending: boolean
  readonly back: string
  readonly submit: string
  readonly onSubmit: (input: OrderInput & { readonly terms?: TermsInput | null }) => Promise<void>
}

function OrderForm({ initial, numberFixed = false, withTerms = false, problem, pending, back, submit, onSubmit }: OrderFormProps) {
  const t = useWords('orders')
  const ui = useWords('ui')
  const format = useFormat()
  const { language } = useLanguage()
  const sentence = useFieldSentence()
  const typed = useMerged(initial)
  const { values: draft, set: change } = typed
  const [tried, setTried] = useState(false)
  const [terms, setTerms] = useState(emptyTerms)
  const setLine = (key: string, part: Partial<DraftLine>) =>
    change({ lines: draft.lines.map((line) => (line.key === key ? { ...line, ...part } : line)) })
  const currency = draft.currency ?? format.currency
  const total = draft.lines.reduce((sum, line) => sum + amountOf(line), 0)
  const places = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: known(currency) ? currency : format.currency,
  }).resolvedOptions()
  const filled = draft.lines.filter((line) => !isEmpty(line))
  const problemsOf = (at: string) =>
    problem?.fields.filter((field) => field.field === at).map((field) => sentence(problem.module, field)) ?? []
  const elsewhere = problem !== null && !problem.fields.some(({ field }) => /^(lines|terms)\./.test(field) || heads.includes(field))
  const send = () => {
    setTried(true)
    if (filled.length === 0 || draft.day === '') return
    // The clock belongs to the day; another day has none.
    const placedAt = draft.day === initial.day ? draft.placedAt : null
    const promised = withTerms ? { terms: termsOf(terms, draft.lines) } : {}
    void onSubmit({ ...draft, placedAt, lines: inputOf(draft.lines), ...promised }).catch(() => {})
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {elsewhere && <Refused problem={problem} />}
      {typed.compared && (
        <Compared
          compared={typed.compared}
          label={(name) => t(name === 'lines' ? 'form.lines' : name === 'placedAt' ? 'field.day' : `field.${name}`)}
          shown={(name, value) =>
            name === 'lines' ? linesInWords(value as readonly DraftLine[]) : String(value ?? ui('meanwhile.nothing'))
          }
          decide={typed.decide}
        />
      )}
      <Section title={t('form.head')}>
        <div className="order-head">
          <Labelled
            id="order-day"
            label={t('field.day')}
            problems={[...problemsOf('day'), ...(tried && draft.day === '' ? [t('form.dayNeeded')] : [])]}
          >
            <DayInput id="order-day" value={draft.day} onChange={(day) => change({ day: day ?? '' })} aria-required />
          </Labelled>
          {!(numberFixed && draft.number === null) && (
            <Labelled id="order-number" label={t('field.number')} optional problems={problemsOf('number')}>
              <Input
                id="order-number"
                value={draft.number ?? ''}
                maxLength={200}
                disabled={numberFixed}
                onChange={(event) => change({ number: event.target.value.trim() === '' ? null : event.target.value })}
              />
            </Labelled>
          )}
          <Labelled id="order-channel" label={t('field.channel')} optional problems={problemsOf('channel')}>
            <Input
              id="order-channel"
              value={draft.channel ?? ''}
              maxLength={100}
              onChange={(event) => change({ channel: event.target.value || null })}
            />
          </Labelled>
          <Labelled id="order-campaign" label={t('field.campaign')} optional problems={problemsOf('campaign')}>
            <Input
              id="order-campaign"
              value={draft.campaign ?? ''}
              maxLength={200}
              onChange={(event) => change({ campaign: event.target.value || null })}
            />
          </Labelled>
          <Labelled id="order-currency" label={t('field.currency')} optional problems={problemsOf('currency')}>
            <Input
              id="order-currency"
              value={draft.currency ?? ''}
              maxLength={3}
              placeholder={format.currency}
              onChange={(event) => {
                const code = event.target.value.toUpperCase()
                change({ currency: code === '' || code === format.currency ? null : code })
              }}
            />
          </Labelled>
        </div>
      </Section>
      {withTerms && <TermsFields terms={terms} onChange={(part) => setTerms({ ...terms, ...part })} problemsOf={problemsOf} />}
      <Section title={t('form.lines')} about={t('form.linesAbout')}>
        <ol className="order-form-lines">
          {draft.lines.map((line, index) => {
            // The server counts only the lines that were sent.
            const place = filled.indexOf(line)
            return (
              <LineFields
                key={line.key}
                line={line}
                number={index + 1}
                currency={currency}
                withTerms={withTerms}
                problems={
                  place < 0
                    ? []
                    : (problem?.fields ?? [])
                        .filter(({ field }) => field.startsWith(`lines.${place}.`))
                        .map((field) => sentence('orders', field))
                }
                onChange={(part) => setLine(line.key, part)}
                onRemove={draft.lines.length > 1 ? () => change({ lines: draft.lines.filter((one) => one.key !== line.key) }) : undefined}
              />
            )
          })}
        </ol>
        <Button onClick={() => change({ lines: [...draft.lines, emptyLine()] })}>{t('form.addLine')}</Button>
        {tried && filled.length === 0 && (
          <p className="figure-loss" role="alert">
            {t('form.lineNeeded')}
          </p>
        )}
        <p className="order-form-total">
          {t('form.total')}{' '}
          <b className="figure">
            {formatMoney(Math.round(total * 10 ** (places.maximumFractionDigits ?? 2)), places.currency ?? format.currency, language)}
          </b>
        </p>
      </Section>
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={pending}>
          {submit}
        </Button>
        <Link to={back}>
          <Button>{ui('cancel')}</Button>
        </Link>
      </div>
    </form>
  )
}

const linesInWords = (lines: readonly DraftLine[]) =>
  lines
    .map(({ quantity, name, product, unitPrice, amount }) => [quantity, '×', name || product, unitPrice || amount].join(' ').trim())
    .join(' · ')

const heads: readonly string[] = ['day', 'number', 'channel', 'campaign', 'currency']

/** Whether it has the form of a currency code, so that an amount can be written in it. */
const known = (currency: string) => /^[A-Z]{3}$/.test(currency)
