import type { InputOf } from '#ui/client.ts'
import type { casesApi } from '../api.ts'
import { subjectOf } from '../domain/subject-line.ts'
import type { DeskDraft, Typed } from './desk-form.tsx'
import { situationOf } from './situation.ts'
import type { Notes, Situation, Technique } from './technique-help.tsx'

const matterOf = (matter: string | null | undefined): { readonly category: string | null; readonly reason: string | null } => {
  const [category = null, reason = null] = matter?.split(' ') ?? []
  return { category, reason }
}

/** How an unfinished conversation describes its situation. */
export const situationOfDraft = ({ kind, matter, mood, productCode, channel = 'phone' }: DeskDraft): Situation =>
  situationOf({ kind, record: { ...matterOf(matter), mood: mood ?? null, productCode: productCode ?? null, channel } })

/** What was typed, with what is known without asking: it is aimed at the company, and is neither grave nor slight. */
export function said(
  customerId: string,
  {
    kind,
    orderId,
    matter,
    description,
    demandKind,
    productCode,
    dissatisfaction,
    mood,
    channel,
    interim,
    promise,
    promiseDay,
  }: DeskDraft & Typed,
  used: readonly { readonly technique: Technique; readonly notes: Notes }[],
  guide: readonly string[],
): InputOf<typeof casesApi.deskCase> {
  return {
    customerId,
    kind,
    subject: subjectOf(description),
    description,
    channel,
    severity: 3,
    ...(kind === 'complaint' ? { ...matterOf(matter), target: { kind: 'company', name: null, userId: null, departmentId: null } } : {}),
    ...(demandKind ? { demand: { kind: demandKind, text: null, amountMinor: null } } : {}),
    ...(kind === 'complaint' && dissatisfaction ? { dissatisfaction } : {}),
    ...(mood ? { mood } : {}),
    ...(productCode ? { productCode } : {}),
    ...(orderId ? { orderId } : {}),
    interim: interim?.trim() ? { text: interim, amountMinor: 0 } : null,
    promise: promise?.trim() && promiseDay ? { text: promise, day: promiseDay } : null,
    techniques: used.map(({ technique, notes }) => ({ techniqueId: technique.id, notes })),
    guide: [...guide],
  } as InputOf<typeof casesApi.deskCase>
}
