import { z } from 'zod'
import { day, endpoint, nothing } from '#platform/contract.ts'

const AbsenceView = z.object({
  id: z.uuid(),
  userId: z.uuid(),
  /** Both days included. */
  fromDay: day,
  untilDay: day,
  deputyId: z.uuid().nullable(),
  version: z.int(),
})

/** When people are away, and who stands in for them. */
export const absenceEndpoints = {
  absences: endpoint('GET /organization/absences', {
    permission: 'organization.read',
    about: 'nobody',
    summary: 'Who is or will be away, and who stands in for them',
    input: nothing,
    result: z.object({ items: z.array(AbsenceView) }),
  }),
  noteAbsence: endpoint('POST /organization/absences', {
    permission: 'organization.read',
    about: 'nobody',
    summary: 'Says that oneself is away; of others whoever writes about the staff',
    input: z.object({ userId: z.uuid(), fromDay: day, untilDay: day, deputyId: z.uuid().nullable() }),
    result: AbsenceView,
  }),
  endAbsence: endpoint('DELETE /organization/absences/:absenceId', {
    permission: 'organization.read',
    about: 'nobody',
    summary: 'Takes back that somebody is away',
    input: z.object({ absenceId: z.uuid(), version: z.int().min(1) }),
    result: nothing,
  }),
}
