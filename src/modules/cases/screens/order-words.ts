import { termsApi } from '#modules/orders/api/terms.ts'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { useSession } from '#ui/session.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { complaintOf } from '../domain/order-draft.ts'

export interface OrderDraft {
  readonly matter: { readonly category: string; readonly reason: string } | null
  readonly words: string
}

type Terms = ResultOf<typeof termsApi.terms>

/** With what a complaint about an order begins: its kind and reason, and a line for everything that was otherwise than promised (O-06). Null as long as nothing is known. */
export function useOrderDraft(orderId: string | null): OrderDraft | null {
  const { may } = useSession()
  const { data } = useRead(termsApi.terms, { id: orderId ?? '' }, { enabled: orderId !== null && may('orders.read'), keepPrevious: false })
  const lineOf = useLine()
  const t = useWords('cases')
  const format = useFormat()
  if (!data || orderId === null) return null
  const happened = data.freight.map(({ kind, day }) =>
    t('desk.line.freight', { day: format.day(day), kind: t(`reason.freight.${kind === 'handling' ? 'packing-handling' : kind}`) }),
  )
  return { matter: complaintOf(data.deviations, data.freight), words: [...data.deviations.map(lineOf), ...happened].join('\n') }
}

function useLine(): (deviation: Terms['deviations'][number]) => string {
  const t = useWords('cases', 'orders')
  const format = useFormat()
  return ({ term, place, promised, delivered, difference }) => {
    const shown = (text: string | null) => text ?? '…'
    const line =
      difference?.unit === 'days'
        ? t(difference.days < 0 ? 'desk.line.early' : 'desk.line.late', {
            days: Math.abs(difference.days),
            promised: promised ? format.day(promised) : '…',
          })
        : term === 'quantity'
          ? t('desk.line.quantity', { delivered: shown(delivered), promised: shown(promised) })
          : t('desk.line.words', { term: t(`orders:term.${term}`), delivered: shown(delivered), promised: shown(promised) })
    return place === null ? line : t('desk.line.place', { place, line })
  }
}
