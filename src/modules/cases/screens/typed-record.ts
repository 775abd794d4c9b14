import type { SentFile } from '#ui/files-input.tsx'
import type { Kind } from '../domain/taxonomy.ts'
import type { Detail } from './shown.ts'

/** A record as it is typed: what lies together in the case stands beside each other in the form. */
export interface TypedRecord {
  readonly customerId: string | null
  readonly subject: string
  readonly description: string
  readonly channel: string
  readonly category: string | null
  readonly reason: string | null
  readonly targetKind: string | null
  readonly targetName: string | null
  readonly targetUserId: string | null
  readonly targetDepartmentId: string | null
  readonly dissatisfaction: string | null
  readonly mood: string | null
  readonly demandKind: string | null
  readonly demandText: string | null
  readonly demandMinor: number | null
  readonly orderId: string | null
  readonly productCode: string | null
  readonly extra: string | null
  readonly severity: string
  readonly files: readonly SentFile[]
  readonly complainantName: string | null
  readonly complainantContact: string | null
  readonly complainantAuthority: string | null
  readonly accessibility: string | null
  readonly language: string | null
  readonly receivedAt: Date | null
  /** Only of a new case: who handles it, and whether the company found it by itself. */
  readonly ownerId: string | null
  readonly proactive: boolean
}

/** What was typed, as the contract wants it; what the form did not ask for is left out. */
export function recordOf(kind: Kind, typed: Partial<TypedRecord>) {
  const { category, reason, targetKind, demandKind, demandMinor, files, complainantName, receivedAt } = typed
  return {
    subject: typed.subject ?? '',
    description: typed.description ?? '',
    channel: typed.channel ?? '',
    severity: Number(typed.severity),
    ...(kind === 'complaint'
      ? {
          category: category ?? null,
          reason: reason ?? null,
          target: targetKind
            ? {
                kind: targetKind,
                name: typed.targetName || null,
                userId: typed.targetUserId ?? null,
                departmentId: typed.targetDepartmentId ?? null,
              }
            : null,
        }
      : {}),
    ...(demandKind ? { demand: { kind: demandKind, text: typed.demandText || null, amountMinor: demandMinor ?? null } } : {}),
    ...(kind === 'custom-request' ? { extra: typed.extra ?? null } : {}),
    ...('orderId' in typed ? { orderId: typed.orderId ?? null } : {}),
    ...('productCode' in typed ? { productCode: typed.productCode ?? null } : {}),
    ...('dissatisfaction' in typed ? { dissatisfaction: typed.dissatisfaction ?? null } : {}),
    ...('mood' in typed ? { mood: typed.mood ?? null } : {}),
    ...(files ? { fileIds: files.map(({ fileId }) => fileId) } : {}),
    ...('complainantName' in typed
      ? {
          complainant: complainantName
            ? { name: complainantName, contact: typed.complainantContact || null, authority: typed.complainantAuthority || null }
            : null,
          accessibility: typed.accessibility || null,
          language: typed.language || null,
        }
      : {}),
    ...(receivedAt ? { receivedAt } : {}),
  }
}

/** Who handles a new case and who found it, where that was asked for: left out it is whoever records it, and the customer. */
export const begunOf = ({ ownerId, proactive }: Partial<TypedRecord>) =>
  proactive === undefined ? {} : { ownerId: ownerId ?? null, proactive }

/** A record that is there, as it would have been typed. */
export function typedOf({ record, customer }: Detail): Partial<TypedRecord> {
  const { target, demand, complainant } = record
  return {
    customerId: customer?.id ?? null,
    subject: record.subject,
    description: record.description,
    channel: record.channel,
    severity: String(record.severity),
    category: record.category,
    reason: record.reason,
    targetKind: target?.kind ?? null,
    targetName: target?.name ?? null,
    targetUserId: target?.userId ?? null,
    targetDepartmentId: target?.departmentId ?? null,
    dissatisfaction: record.dissatisfaction,
    mood: record.mood,
    demandKind: demand?.kind ?? null,
    demandText: demand?.text ?? null,
    demandMinor: demand?.amountMinor ?? null,
    orderId: record.orderId,
    productCode: record.productCode,
    extra: record.extra,
    complainantName: complainant?.name ?? null,
    complainantContact: complainant?.contact ?? null,
    complainantAuthority: complainant?.authority ?? null,
    accessibility: record.accessibility,
    language: record.language,
    receivedAt: record.receivedAt,
  }
}
