import { z } from 'zod'
import { endpoint, nothing, page, paging } from '#platform/contract.ts'
import { skillNames, traitNames } from '../domain/staff.ts'
import { languages } from '../domain.ts'

const id = z.uuid()
const level = z.int().min(1).max(5)
const read = { permission: 'organization.read-staff', about: 'nobody' } as const

const staffFields = {
  title: z.string().trim().max(120).nullable(),
  valueRole: z.string().trim().max(500).nullable(),
  experience: level.nullable(),
  skills: z.partialRecord(z.enum(skillNames), level),
  traits: z.partialRecord(z.enum(traitNames), level),
  languages: z.array(z.enum(languages)).max(languages.length),
  fields: z.array(z.string().trim().min(1).max(60)).max(30),
}
const StaffView = z.object({
  userId: id,
  name: z.string(),
  enabled: z.boolean(),
  teamIds: z.array(id),
  ...staffFields,
  /** 0 while nobody has written anything. */
  version: z.int(),
})

/** What people are and can do for customers. */
export const staffEndpoints = {
  staff: endpoint('GET /organization/staff', {
    ...read,
    summary: 'What everybody is and can do: title, role in the value chain, experience, skills and traits',
    input: z.object(paging),
    result: page(StaffView),
  }),
  staffSummary: endpoint('GET /organization/staff-summary', {
    ...read,
    summary: 'How many people work here, and how many of them have no role in the value chain yet',
    input: nothing,
    result: z.object({ people: z.int(), withoutValueRole: z.int() }),
  }),
  ownStaff: endpoint('GET /organization/staff/myself', {
    about: 'nobody',
    permission: 'organization.read',
    summary: 'What is written about oneself',
    input: nothing,
    result: StaffView,
  }),
  changeStaff: endpoint('PUT /organization/staff/:userId', {
    permission: 'organization.write-staff',
    about: 'nobody',
    summary: 'Writes what somebody is and can do anew',
    input: z.object({ userId: id, ...staffFields, version: z.int().min(0) }),
    result: StaffView,
  }),
}
