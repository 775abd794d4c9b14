import { Dialog } from '#ui/dialog.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { todayIn } from '#ui/today.ts'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { type TermsView, termsApi } from '../api/terms.ts'
import { type FreightKind, freightKinds } from '../domain/terms.ts'
import { alsoChanges } from './also-changes.ts'
import { goodsOf, lineFieldsOf, linesOfValues, type TermValues, useQuantityCheck } from './line-terms.ts'
import type { OrderDetail } from './order-page.tsx'
import { saidOrNull } from './terms-draft.ts'

/** Notes what came on a day; what is left to come is proposed line by line. */
export function DeliveryDialog({ view, order, close }: { view: TermsView; order: OrderDetail; close: () => void }) {
  const t = useWords('orders')
  const ui = useWords('ui')
  const format = useFormat()
  const notice = useNotice()
  const isQuantity = useQuantityCheck()
  const save = useWrite(termsApi.noteDelivery, {
    alsoChanges,
    onDone: () => {
      notice.done(t('delivery.noted'))
      close()
    },
  })
  const goods = goodsOf(order)
  const today = todayIn(format.timeZone)
  const { terms } = view
  const left = Object.fromEntries(goods.map(({ place, quantity }) => [`quantity-${place}`, leftOf(view, place, quantity)]))
  // Of grade and specification is only asked where they were promised.
  const asked = (['quantity', 'grade', 'specification'] as const).filter(
    (term) => term === 'quantity' || terms.lines.some((line) => line[term] !== null),
  )
  const fields: readonly Field<TermValues>[] = [
    { name: 'day', kind: 'day', label: t('delivery.day'), required: true, max: today },
    {
      name: 'follows',
      kind: 'choice',
      label: t('delivery.complete'),
      required: true,
      options: [
        { value: 'no', label: t('delivery.nothingFollows') },
        { value: 'yes', label: t('delivery.moreFollows') },
      ],
    },
    ...(terms.quantity === null
      ? []
      : [{ name: 'quantity', kind: 'text', label: t('terms.wholeQuantity'), maxLength: 16, required: false, check: isQuantity } as const]),
    ...(['deliveryPlace', 'settlement', 'tradeTerms', 'grade', 'specification'] as const)
      .filter((name) => terms[name] !== null)
      .map((name) => ({ name, kind: 'text', label: t(`term.${name}`), placeholder: terms[name] ?? '', maxLength: 200 }) as const),
    ...lineFieldsOf(goods, t, isQuantity, () => asked),
  ]
  return (
    <Dialog title={t('delivery.note')} onClose={close} wide>
      <Form<TermValues>
        columns={2}
        fields={fields}
        initial={{ day: today, follows: 'no', ...left }}
        onSubmit={(values) =>
          save.send({
            id: order.id,
            day: values.day ?? today,
            moreFollows: values.follows === 'yes',
            quantity: saidOrNull(values.quantity),
            grade: saidOrNull(values.grade),
            specification: saidOrNull(values.specification),
            deliveryPlace: saidOrNull(values.deliveryPlace),
            settlement: saidOrNull(values.settlement),
            tradeTerms: saidOrNull(values.tradeTerms),
            lines: linesOfValues(goods, values),
          })
        }
        problem={save.problem}
        pending={save.pending}
        submit={ui('save')}
        cancel={close}
      >
        <p className="muted form-wide">{t('delivery.help')}</p>
      </Form>
    </Dialog>
  )
}

/** How much of a line has not come yet: at most what was promised, in as many places as quantities have. */
function leftOf(view: TermsView, place: number, ordered: string): string {
  const promised = Number(view.terms.lines.find((line) => line.place === place)?.quantity ?? ordered)
  const came = Number(view.delivered.lines.find((line) => line.place === place)?.quantity ?? 0)
  return String(Number(Math.max(0, promised - came).toFixed(6)))
}

interface FreightValues {
  readonly kind: FreightKind
  readonly day: string
  readonly line?: string | null
  readonly quantity?: string | null
  readonly note?: string | null
}

/** Notes what happened to the goods on their way. */
export function FreightDialog({ order, close }: { order: OrderDetail; close: () => void }) {
  const t = useWords('orders')
  const ui = useWords('ui')
  const format = useFormat()
  const notice = useNotice()
  const isQuantity = useQuantityCheck()
  const save = useWrite(termsApi.noteFreight, {
    alsoChanges,
    onDone: () => {
      notice.done(t('freight.noted'))
      close()
    },
  })
  const goods = goodsOf(order)
  return (
    <Dialog title={t('freight.noteIt')} onClose={close}>
      <Form<FreightValues>
        fields={[
          {
            name: 'kind',
            kind: 'choice',
            label: t('freight.what'),
            required: true,
            options: freightKinds.map((value) => ({ value, label: t(`freight.kind.${value}`) })),
          },
          { name: 'day', kind: 'day', label: t('field.day'), required: true, max: todayIn(format.timeZone) },
          ...(goods.length > 0
            ? [
                {
                  name: 'line',
                  kind: 'choice',
                  label: t('freight.goods'),
                  placeholder: t('freight.whole'),
                  options: goods.map(({ place, name }) => ({ value: String(place), label: name })),
                } as const,
              ]
            : []),
          { name: 'quantity', kind: 'text', label: t('term.quantity'), maxLength: 16, required: false, check: isQuantity },
          { name: 'note', kind: 'area', rows: 3, label: t('freight.note'), maxLength: 2000 },
        ]}
        initial={{ kind: 'damage', day: todayIn(format.timeZone) }}
        onSubmit={({ kind, day, line, quantity, note }) =>
          save.send({
            id: order.id,
            kind,
            day,
            line: line ? Number(line) : null,
            quantity: saidOrNull(quantity),
            note: saidOrNull(note),
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
