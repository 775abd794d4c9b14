import { Dialog } from '#ui/dialog.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { type TermsView, termsApi } from '../api/terms.ts'
import { alsoChanges } from './also-changes.ts'
import { goodsOf, lineFieldsOf, linesOfValues, lineValues, type TermValues, useQuantityCheck } from './line-terms.ts'
import type { OrderDetail } from './order-page.tsx'
import { saidOrNull } from './terms-draft.ts'

/** Says what is promised for an order: the seven terms, and the way of payment. */
export function TermsDialog({ view, order, close }: { view: TermsView; order: OrderDetail; close: () => void }) {
  const t = useWords('orders')
  const ui = useWords('ui')
  const notice = useNotice()
  const isQuantity = useQuantityCheck()
  const save = useWrite(termsApi.setTerms, {
    alsoChanges,
    onDone: () => {
      notice.done(t('terms.saved'))
      close()
    },
  })
  const goods = goodsOf(order)
  const { terms, version } = view
  const fields: readonly Field<TermValues>[] = [
    { name: 'promisedDay', kind: 'day', label: t('term.deliveryTime') },
    { name: 'deliveryPlace', kind: 'text', label: t('term.deliveryPlace'), maxLength: 500 },
    { name: 'settlement', kind: 'text', label: t('term.settlement'), help: t('terms.settlementHelp'), maxLength: 200 },
    { name: 'tradeTerms', kind: 'text', label: t('term.tradeTerms'), help: t('terms.tradeTermsHelp'), maxLength: 500 },
    { name: 'payment', kind: 'text', label: t('term.payment'), help: t('terms.paymentHelp'), maxLength: 100 },
    {
      name: 'quantity',
      kind: 'text',
      label: t('terms.wholeQuantity'),
      help: t('terms.wholeQuantityHelp'),
      maxLength: 16,
      required: false,
      check: isQuantity,
    },
    { name: 'grade', kind: 'text', label: t('terms.wholeGrade'), maxLength: 200 },
    { name: 'specification', kind: 'text', label: t('terms.wholeSpecification'), maxLength: 1000 },
    // A line promises what it orders; another quantity is only shown where a program has agreed one.
    ...lineFieldsOf(goods, t, isQuantity, (place) => {
      const agreed = terms.lines.find((line) => line.place === place)
      return agreed?.quantity ? (['quantity', 'grade', 'specification'] as const) : (['grade', 'specification'] as const)
    }),
  ]
  const { lines, ...whole } = terms
  return (
    <Dialog title={t('terms.change')} onClose={close} wide>
      <Form<TermValues>
        columns={2}
        fields={fields}
        initial={{ ...whole, ...lineValues(lines) }}
        onSubmit={(values) =>
          save.send({
            id: order.id,
            version,
            promisedDay: saidOrNull(values.promisedDay),
            deliveryPlace: saidOrNull(values.deliveryPlace),
            settlement: saidOrNull(values.settlement),
            tradeTerms: saidOrNull(values.tradeTerms),
            payment: saidOrNull(values.payment),
            quantity: saidOrNull(values.quantity),
            grade: saidOrNull(values.grade),
            specification: saidOrNull(values.specification),
            lines: linesOfValues(goods, values),
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
