import { customerNames } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, timePlace } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { advisoryEndpoints } from '../api/advisory.ts'
import {
  type AdvisoryGroup,
  type AdvisoryMeeting,
  type AdvisoryMember,
  allGroups,
  attendanceOf,
  countMembers,
  deleteAttendance,
  groupById,
  insertGroup,
  insertMeeting,
  insertMember,
  listMeetings,
  memberById,
  membersOf,
  saveAttendance,
  updateGroup,
  updateMeeting,
  updateMember,
} from '../store/advisory.ts'
import { meetingCalled, meetingsWithin, mustBeThere, seenNames } from './advisory-reach.ts'
import { minutesActions, minutesOf } from './minutes.ts'
import { given, mustWorkHere, wrong } from './named.ts'
import { today } from './people.ts'
import { pageWithin } from './reach.ts'

export const advisoryActions: Actions<typeof advisoryEndpoints> = {
  ...minutesActions,

  async advisoryGroups(context) {
    const counts = await countMembers(context.db, await today(context))
    return { groups: (await allGroups(context.db)).map((one) => ({ ...groupView(one), members: counts.get(one.id) ?? 0 })) }
  },

  async advisoryGroup(context, { groupId }) {
    const group = await groupCalled(context, groupId)
    const members = await membersOf(context.db, groupId)
    const names = await seenNames(context, members)
    const shown = members.flatMap((one) => memberView(one, names) ?? [])
    return { ...groupView(group), members: shown, hidden: members.length - shown.length }
  },

  async makeAdvisoryGroup(context, { name, purpose, ownerId }) {
    await mustWorkHere(context, 'ownerId', ownerId)
    const group = { id: context.newId(), name, purpose, ownerId, endedOn: null, madeAt: context.now, version: 1 }
    await insertGroup(context.db, group, context.actor.id)
    return groupView(group)
  },

  async changeAdvisoryGroup(context, { groupId, version, ...changes }) {
    const before = await groupCalled(context, groupId)
    if (before.version !== version) throw changedMeanwhile('this group')
    const after: AdvisoryGroup = { ...before, ...given(changes) }
    if (after.ownerId !== before.ownerId) await mustWorkHere(context, 'ownerId', after.ownerId)
    if (!(await updateGroup(context.db, after))) throw changedMeanwhile('this group')
    return groupView({ ...after, version: version + 1 })
  },

  async addAdvisoryMember(context, { groupId, customerId, person, since, until }) {
    await groupCalled(context, groupId)
    await mustBeThere(context, customerId)
    const one = { id: context.newId(), groupId, customerId, person: person || null, since, until, version: 1 }
    mustBeInOrder(one)
    const others = (await membersOf(context.db, groupId)).filter((other) => other.customerId === customerId)
    if (others.some((other) => (other.until === null || other.until >= since) && (until === null || other.since <= until)))
      throw wrong('customerId', 'member-already', 'They belong to the group at that time already')
    await insertMember(context.db, one)
    return memberView(one, await customerNames(context.db, [customerId]))!
  },

  async changeAdvisoryMember(context, { memberId, version, ...changes }) {
    const before = await memberById(context.db, memberId)
    if (!before) throw refuse('missing', 'no-such-member', 'There is no such member')
    if (before.version !== version) throw changedMeanwhile('this member')
    const after: AdvisoryMember = { ...before, ...given(changes) }
    mustBeInOrder(after)
    if (!(await updateMember(context.db, after))) throw changedMeanwhile('this member')
    return memberView({ ...after, version: version + 1 }, await customerNames(context.db, [after.customerId]))!
  },

  async advisoryMeetings(context, { groupId, cursor, limit = defaultPageSize }) {
    const { items, last } = await pageWithin(
      context,
      limit,
      (behind: AdvisoryMeeting | null, size) =>
        listMeetings(context.db, groupId ?? null, behind ? { at: behind.startsAt, id: behind.id } : timePlace(cursor), size),
      (rows) => meetingsWithin(context, rows),
    )
    return { items: items.map(meetingView), next: last && cursorOf([last.startsAt.toISOString(), last.id]) }
  },

  async advisoryMeeting(context, { meetingId }) {
    const meeting = await meetingCalled(context, meetingId)
    const attendance = await attendanceOf(context.db, [meetingId])
    const names = await seenNames(context, attendance)
    const attendees = attendance.flatMap(({ customerId, person }) => {
      const name = names.get(customerId)
      return name === undefined ? [] : [{ customer: { id: customerId, name }, person }]
    })
    const { items, hidden } = await minutesOf(context, meetingId)
    return { ...meetingView(meeting), attendees, items, hidden: hidden + attendance.length - attendees.length }
  },

  async makeAdvisoryMeeting(context, said) {
    const meeting: AdvisoryMeeting = { ...said, id: context.newId(), madeBy: context.actor.id, version: 1 }
    await mustBeMeeting(context, meeting)
    await insertMeeting(context.db, meeting, context.now)
    return meetingView(meeting)
  },

  async changeAdvisoryMeeting(context, { meetingId, version, ...changes }) {
    const before = await meetingCalled(context, meetingId)
    if (before.version !== version) throw changedMeanwhile('this meeting')
    const after: AdvisoryMeeting = { ...before, ...given(changes) }
    await mustBeMeeting(context, after)
    if (!(await updateMeeting(context.db, after))) throw changedMeanwhile('this meeting')
    return meetingView({ ...after, version: version + 1 })
  },

  async addAttendee(context, { meetingId, customerId, person }) {
    await meetingCalled(context, meetingId)
    await mustBeThere(context, customerId)
    await saveAttendance(context.db, { meetingId, customerId, person: person || null })
    return {}
  },

  async removeAttendee(context, { meetingId, customerId }) {
    await meetingCalled(context, meetingId)
    await deleteAttendance(context.db, customerId, meetingId)
    return {}
  },
}

function mustBeInOrder({ since, until }: Pick<AdvisoryMember, 'since' | 'until'>): void {
  if (until !== null && until < since) throw wrong('until', 'before-it-began', 'It cannot end before it begins')
}

async function mustBeMeeting(context: Context, { groupId, staffIds }: AdvisoryMeeting): Promise<void> {
  if (groupId !== null && (await groupById(context.db, groupId)) === null) throw wrong('groupId', 'no-such-group', 'There is no such group')
  for (const userId of staffIds) await mustWorkHere(context, 'staffIds', userId)
}

async function groupCalled({ db }: Context, id: string): Promise<AdvisoryGroup> {
  const group = await groupById(db, id)
  if (!group) throw refuse('missing', 'no-such-group', 'There is no such group')
  return group
}

const groupView = ({ madeAt: _, ...group }: AdvisoryGroup) => group
const meetingView = ({ madeBy: _, ...meeting }: AdvisoryMeeting) => ({ ...meeting, staffIds: [...meeting.staffIds] })

function memberView({ id, customerId, person, since, until, version }: AdvisoryMember, names: ReadonlyMap<string, string>) {
  const name = names.get(customerId)
  return name === undefined ? null : { id, customer: { id: customerId, name }, person, since, until, version }
}
