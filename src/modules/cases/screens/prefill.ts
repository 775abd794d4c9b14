import { useRead } from '#ui/use-endpoint.ts'
import { casesApi } from '../api.ts'
import type { Typed } from './act-fields.tsx'
import type { Detail } from './shown.ts'

interface Prefill {
  /** False while the figures are on their way. */
  readonly ready: boolean
  readonly initial: Typed
  /** Where else the customer can turn to, of a final answer. */
  readonly route: { readonly demanded: boolean; readonly unchecked: boolean } | null
  /** What goes with what was typed. */
  added(typed: Typed): Typed
}

/** What the product already knows of an act: of a final answer, where else the customer can turn to; of a check whether the cause is gone, the day that is due, what was counted before and after, and what follows from it. */
export function usePrefill(act: string, { id, judged }: Detail): Prefill {
  const isCheck = act === 'effectiveness-checked'
  const read = useRead(casesApi.caseEffectiveness, { caseId: id }, { enabled: isCheck })
  const { due = null, recurrence = null } = read.data ?? {}
  const of = (days: unknown) => recurrence?.checks.find(({ checkDay }) => checkDay === days)
  const check = due === null ? undefined : of(due.days)
  const isFinal = act === 'replied' || act === 'told'
  const route = useRead(casesApi.escalationRoute, { caseId: id }, { enabled: isFinal })
  // Whoever is right in all they asked for is told where else to turn only where rules want it.
  const isAgainst = act === 'replied' || judged === null || judged.finding !== 'founded' || !judged.demandReasonable
  const text = isFinal && judged !== null && (isAgainst || route.data?.demanded) ? (route.data?.text ?? '') : ''
  return {
    ready: (!isCheck || !read.isPending) && (!isFinal || !route.isPending),
    route: isFinal ? (route.data ?? null) : null,
    initial: isFinal
      ? text === ''
        ? {}
        : { escalationRoute: text }
      : isCheck && due
        ? { days: due.days, ...(check && check.verdict !== 'too-early' ? { verdict: check.verdict } : {}) }
        : {},
    added({ days }) {
      const counted = isCheck ? of(days) : undefined
      return counted ? { before: counted.before.complaints, after: counted.after.complaints } : {}
    },
  }
}
