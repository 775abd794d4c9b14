import { e164 } from '#platform/tabular/phone.ts'
import type { ArchiveValues } from '../domain/archive.ts'

/** A telephone number as the world writes it, so that both ways of writing find the customer; none where it cannot be told. */
export function worldNumber({ phone }: ArchiveValues, country: string | null): readonly string[] {
  const known = typeof phone === 'string' ? e164(phone, country) : null
  return known === null ? [] : [known]
}
