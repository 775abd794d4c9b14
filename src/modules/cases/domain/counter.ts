import type { Tier } from '#modules/customers/domain/book.ts'
import { lastPlace, type QueueRules, rankTime } from './figures/queue.ts'

/** What becomes of a number at a counter. Called: somebody has asked for it and is serving it, or waiting for it to come. */
export const ticketStates = ['waiting', 'called', 'served', 'no-show'] as const
export type TicketState = (typeof ticketStates)[number]

/** How far ahead of their arrival customers of a tier are called, in minutes. */
export type TierHeadStart = QueueRules['tierHeadStart']

/** Who has waited so many minutes is called before anybody who comes from then on, whatever their tier. */
export const overtakenAtMost = (headStart: TierHeadStart): number => Math.max(...Object.values(headStart))

/**
 * The moment by which a number is called: when it was issued, less the head start of the tier. It is the rule of the queue of cases, with nothing but the tier to go by; as there, nobody starves, because the rank of
 * whoever comes later lies later than that of whoever has waited for longer than the largest head start.
 */
export function placeInLine({ issuedAt, tier }: { readonly issuedAt: Date; readonly tier: Tier | null }, headStart: TierHeadStart): Date {
  const rules: QueueRules = {
    tierHeadStart: headStart,
    severityHeadStart: { 1: 0, 2: 0, 3: 0, 4: 0 },
    placeHeadStart: 0,
    withoutDueMinutes: 0,
  }
  return rankTime({ id: '', receivedAt: issuedAt, dueAt: null, tier, severity: 4, place: lastPlace, immediate: false }, rules)
}

/** How a number is called out and shown: `A007`. */
export const ticketLabel = (prefix: string, number: number): string => `${prefix}${String(number).padStart(3, '0')}`

/** Minutes that those who were called waited on average, rounded; null where nobody was called. */
export function averageWaitMinutes(waits: { readonly called: number; readonly seconds: number }): number | null {
  return waits.called === 0 ? null : Math.round(waits.seconds / waits.called / 60)
}
