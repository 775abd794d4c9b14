import { z } from 'zod'
import { customerIn, day, endpoint, instant, nothing, page, paging, thingIn } from '#platform/contract.ts'
import { states } from '../domain/case.ts'
import { id, maybe, person, version, words } from './said.ts'

const read = { permission: 'cases.read' }
const write = { permission: 'cases.write' }

const Customer = z.object({ id, name: z.string() })
const groupTerms = { name: words(200), purpose: words(2000), ownerId: person }
const Group = z.object({
  id,
  name: z.string(),
  purpose: z.string(),
  ownerId: z.string(),
  endedOn: day.nullable(),
  version,
})
const memberTerms = { person: maybe(200), since: day, until: day.nullable() }
const Member = z.object({ id, customer: Customer, person: z.string().nullable(), since: day, until: day.nullable(), version })
/** An address that people open: nothing that would run. */
const link = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .nullable()
const meetingTerms = {
  groupId: id.nullable(),
  title: words(200),
  startsAt: instant,
  place: maybe(300),
  link,
  agenda: maybe(5000),
  staffIds: z.array(person).max(100),
}
const Meeting = z.object({
  id,
  groupId: id.nullable(),
  title: z.string(),
  startsAt: instant,
  place: z.string().nullable(),
  link: z.string().nullable(),
  agenda: z.string().nullable(),
  staffIds: z.array(z.string()),
  version,
})
const Item = z.object({
  id,
  text: z.string(),
  customer: Customer.nullable(),
  /** The suggestion that became of it, and where it stands. */
  suggestion: z
    .object({
      id,
      number: z.string(),
      state: z.enum(states),
      step: z.string(),
      adopted: z.boolean().nullable(),
      published: z.boolean(),
    })
    .nullable(),
  version,
})
const onMeeting = { meetingId: id }

/** Customers who advise the company, and meetings with those who matter most (P-03). */
export const advisoryEndpoints = {
  advisoryGroups: endpoint('GET /advisory-groups', {
    ...read,
    about: 'nobody',
    summary: 'The groups of customers who advise the company, those that go on first',
    input: nothing,
    result: z.object({ groups: z.array(Group.extend({ members: z.int() })) }),
  }),
  advisoryGroup: endpoint('GET /advisory-groups/:groupId', {
    ...read,
    about: 'reach',
    notes: 'list.members',
    summary: 'A group with its members, as far as one sees them',
    input: z.object({ groupId: id }),
    result: Group.extend({ members: z.array(Member), hidden: z.int() }),
  }),
  makeAdvisoryGroup: endpoint('POST /advisory-groups', {
    ...write,
    about: 'nobody',
    summary: 'Founds a group: what it is called, what for, and who looks after it',
    input: z.object(groupTerms),
    result: Group,
  }),
  changeAdvisoryGroup: endpoint('PATCH /advisory-groups/:groupId', {
    ...write,
    about: 'nobody',
    summary: 'Changes a group, or ends it on a day',
    input: z.object({ groupId: id, version, ...z.object(groupTerms).partial().shape, endedOn: day.nullable().optional() }),
    result: Group,
  }),
  addAdvisoryMember: endpoint('POST /advisory-groups/:groupId/members', {
    ...write,
    about: customerIn('customerId'),
    summary: 'Takes a customer into a group, and says who of them comes',
    input: z.object({ groupId: id, customerId: id, ...memberTerms }),
    result: Member,
  }),
  changeAdvisoryMember: endpoint('PATCH /advisory-members/:memberId', {
    ...write,
    about: thingIn('cases.advisory-member', 'memberId'),
    summary: 'Changes a place in a group, or ends it on a day',
    input: z.object({ memberId: id, version, ...z.object(memberTerms).partial().shape }),
    result: Member,
  }),
  advisoryMeetings: endpoint('GET /advisory-meetings', {
    ...read,
    about: 'reach',
    notes: 'list',
    summary: 'Meetings of a group, or all: those with customers whom one sees, and those where one was; the latest first',
    input: z.object({ groupId: id.optional(), ...paging }),
    result: page(Meeting),
  }),
  advisoryMeeting: endpoint('GET /advisory-meetings/:meetingId', {
    ...read,
    about: 'reach',
    notes: 'list.attendees',
    summary: 'A meeting with who came, what was said, and what became of it',
    input: z.object(onMeeting),
    result: Meeting.extend({
      attendees: z.array(z.object({ customer: Customer, person: z.string().nullable() })),
      items: z.array(Item),
      /** Customers who came, and items that they said, whom one does not see. */
      hidden: z.int(),
    }),
  }),
  makeAdvisoryMeeting: endpoint('POST /advisory-meetings', {
    ...write,
    about: 'nobody',
    summary: 'Plans a meeting of a group, or with key customers',
    input: z.object(meetingTerms),
    result: Meeting,
  }),
  changeAdvisoryMeeting: endpoint('PATCH /advisory-meetings/:meetingId', {
    ...write,
    about: 'nobody',
    summary: 'Changes a meeting',
    input: z.object({ ...onMeeting, version, ...z.object(meetingTerms).partial().shape }),
    result: Meeting,
  }),
  addAttendee: endpoint('POST /advisory-meetings/:meetingId/attendees', {
    ...write,
    about: customerIn('customerId'),
    summary: 'Says that a customer comes to a meeting, or came, and who of them',
    input: z.object({ ...onMeeting, customerId: id, person: maybe(200) }),
    result: nothing,
  }),
  removeAttendee: endpoint('DELETE /advisory-meetings/:meetingId/attendees/:customerId', {
    ...write,
    about: customerIn('customerId'),
    summary: 'Says that a customer does not come',
    input: z.object({ ...onMeeting, customerId: id }),
    result: nothing,
  }),
  addMinutesItem: endpoint('POST /advisory-meetings/:meetingId/minutes', {
    ...write,
    about: customerIn('customerId'),
    summary: 'Notes something that was said in a meeting',
    input: z.object({ ...onMeeting, text: words(5000), customerId: id.nullable() }),
    result: Item,
  }),
  changeMinutesItem: endpoint('PATCH /minutes-items/:itemId', {
    ...write,
    about: 'nobody',
    summary: 'Changes what was noted; who said it stays',
    input: z.object({ itemId: id, version, text: words(5000) }),
    result: Item,
  }),
  removeMinutesItem: endpoint('DELETE /minutes-items/:itemId', {
    ...write,
    about: 'nobody',
    summary: 'Takes out what was noted by mistake',
    input: z.object({ itemId: id, version }),
    result: nothing,
  }),
  suggestFromMinutes: endpoint('POST /minutes-items/:itemId/suggestion', {
    ...write,
    about: customerIn('customerId'),
    summary:
      'Makes a suggestion of what was said, once: asked again it answers with the same; where nobody is noted as having said it, the input says who',
    input: z.object({ itemId: id, customerId: id.optional() }),
    result: z.object({ caseId: id, number: z.string() }),
  }),
}
