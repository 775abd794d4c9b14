import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { text } from './act-fields.tsx'
import { CustomerChoice } from './customer-choice.tsx'

type Group = Omit<ResultOf<typeof casesApi.advisoryGroup>, 'members' | 'hidden'>
type Member = ResultOf<typeof casesApi.advisoryGroup>['members'][number]
type Meeting = Omit<ResultOf<typeof casesApi.advisoryMeeting>, 'attendees' | 'items' | 'hidden'>
type Item = ResultOf<typeof casesApi.advisoryMeeting>['items'][number]
interface Closing {
  readonly close: () => void
}

/** Closes the dialog once it is saved, and says so. */
function useSaved(close: () => void) {
  const t = useWords('cases')
  const notice = useNotice()
  return {
    onDone: () => {
      notice.done(t('advisory.saved'))
      close()
    },
  }
}

interface GroupTerms {
  readonly name: string
  readonly purpose: string
  readonly ownerId: string
  readonly endedOn: string | null
}

export function GroupDialog({ of, close }: Closing & { readonly of: Group | null }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const { user } = useSession()
  const saved = useSaved(close)
  const make = useWrite(casesApi.makeAdvisoryGroup, saved)
  const change = useWrite(casesApi.changeAdvisoryGroup, saved)
  const write = of ? change : make
  return (
    <Dialog title={t(of ? 'advisory.editGroup' : 'advisory.newGroup')} onClose={close}>
      <Form<GroupTerms>
        fields={[
          { name: 'name', kind: 'text', label: t('advisory.name'), required: true, maxLength: 200 },
          { name: 'purpose', kind: 'area', label: t('advisory.purpose'), required: true, maxLength: 2000, rows: 3 },
          { name: 'ownerId', kind: 'people', label: t('advisory.owner'), required: true },
          ...(of ? [{ name: 'endedOn' as const, kind: 'day' as const, label: t('advisory.endedOn') }] : []),
        ]}
        initial={of ?? { ownerId: user.id }}
        onSubmit={({ name, purpose, ownerId, endedOn }) =>
          of
            ? change.send({ groupId: of.id, version: of.version, name, purpose, ownerId, endedOn: endedOn || null })
            : make.send({ name, purpose, ownerId })
        }
        problem={write.problem}
        pending={write.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}

interface MemberTerms {
  readonly customerId: string
  readonly person: string | null
  readonly since: string
  readonly until: string | null
}

export function MemberDialog({ groupId, of, close }: Closing & { readonly groupId: string; readonly of: Member | null }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const saved = useSaved(close)
  const add = useWrite(casesApi.addAdvisoryMember, saved)
  const change = useWrite(casesApi.changeAdvisoryMember, saved)
  const write = of ? change : add
  return (
    <Dialog title={of ? of.customer.name : t('advisory.newMember')} onClose={close}>
      <Form<MemberTerms>
        columns={2}
        fields={[
          ...(of
            ? []
            : [
                {
                  name: 'customerId' as const,
                  kind: 'own' as const,
                  label: t('field.customer'),
                  required: true,
                  wide: true,
                  control: <CustomerChoice known={null} />,
                },
              ]),
          { name: 'person', kind: 'text', label: t('advisory.person'), help: t('advisory.personHelp'), maxLength: 200, wide: true },
          { name: 'since', kind: 'day', label: t('advisory.since'), required: true },
          { name: 'until', kind: 'day', label: t('advisory.until') },
        ]}
        initial={of ? { person: of.person, since: of.since, until: of.until } : {}}
        onSubmit={({ customerId, person, since, until }) => {
          const terms = { person: text(person), since, until: until || null }
          return of ? change.send({ memberId: of.id, version: of.version, ...terms }) : add.send({ groupId, customerId, ...terms })
        }}
        problem={write.problem}
        pending={write.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}

interface MeetingTerms {
  readonly groupId: string | null
  readonly title: string
  readonly startsAt: Date
  readonly place: string | null
  readonly link: string | null
  readonly agenda: string | null
  readonly staffIds: string[]
}

export function MeetingDialog({
  groupId,
  of,
  close,
  done,
}: Closing & { readonly groupId: string | null; readonly of: Meeting | null; readonly done?: (id: string) => void }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const saved = useSaved(close)
  const groups = useRead(casesApi.advisoryGroups, {})
  const make = useWrite(casesApi.makeAdvisoryMeeting, { onDone: ({ id }) => (done ? done(id) : saved.onDone()) })
  const change = useWrite(casesApi.changeAdvisoryMeeting, saved)
  const write = of ? change : make
  return (
    <Dialog title={t(of ? 'advisory.editMeeting' : 'advisory.newMeeting')} onClose={close} wide>
      <Form<MeetingTerms>
        columns={2}
        fields={[
          { name: 'title', kind: 'text', label: t('advisory.meetingTitle'), required: true, maxLength: 200, wide: true },
          { name: 'startsAt', kind: 'moment', label: t('advisory.startsAt'), required: true },
          {
            name: 'groupId',
            kind: 'choice',
            label: t('advisory.group'),
            help: t('advisory.groupHelp'),
            options: (groups.data?.groups ?? []).map(({ id, name }) => ({ value: id, label: name })),
          },
          { name: 'place', kind: 'text', label: t('advisory.place'), maxLength: 300 },
          { name: 'link', kind: 'url', label: t('advisory.link'), maxLength: 500, placeholder: 'https://' },
          { name: 'agenda', kind: 'area', label: t('advisory.agenda'), maxLength: 5000, rows: 4, wide: true },
          { name: 'staffIds', kind: 'people', several: true, label: t('advisory.staff'), wide: true },
        ]}
        initial={of ?? { groupId, staffIds: [] }}
        onSubmit={(typed) => {
          const { title, startsAt, staffIds } = typed
          const texts = { place: text(typed.place), link: text(typed.link), agenda: text(typed.agenda) }
          const terms = { groupId: typed.groupId || null, title, startsAt, staffIds: staffIds ?? [], ...texts }
          return of ? change.send({ meetingId: of.id, version: of.version, ...terms }) : make.send(terms)
        }}
        problem={write.problem}
        pending={write.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}

export function AttendeeDialog({ meetingId, close }: Closing & { readonly meetingId: string }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const add = useWrite(casesApi.addAttendee, useSaved(close))
  return (
    <Dialog title={t('advisory.newAttendee')} onClose={close}>
      <Form<{ readonly customerId: string; readonly person: string | null }>
        fields={[
          { name: 'customerId', kind: 'own', label: t('field.customer'), required: true, control: <CustomerChoice known={null} /> },
          { name: 'person', kind: 'text', label: t('advisory.person'), help: t('advisory.personHelp'), maxLength: 200 },
        ]}
        initial={{}}
        onSubmit={({ customerId, person }) => add.send({ meetingId, customerId, person: text(person) })}
        problem={add.problem}
        pending={add.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}

interface ItemTerms {
  readonly text: string
  readonly customerId: string | null
}

/** Something that was said, and by whom of those who came. */
export function ItemDialog({
  meetingId,
  attendees,
  of,
  close,
}: Closing & {
  readonly meetingId: string
  readonly attendees: readonly { readonly id: string; readonly name: string }[]
  readonly of: Item | null
}) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const saved = useSaved(close)
  const add = useWrite(casesApi.addMinutesItem, saved)
  const change = useWrite(casesApi.changeMinutesItem, saved)
  const write = of ? change : add
  return (
    <Dialog title={t(of ? 'advisory.editItem' : 'advisory.newItem')} onClose={close}>
      <Form<ItemTerms>
        fields={[
          { name: 'text', kind: 'area', label: t('advisory.itemText'), required: true, maxLength: 5000, rows: 4 },
          ...(of
            ? []
            : [
                {
                  name: 'customerId' as const,
                  kind: 'choice' as const,
                  label: t('advisory.saidBy'),
                  help: t('advisory.saidByHelp'),
                  options: attendees.map(({ id, name }) => ({ value: id, label: name })),
                },
              ]),
        ]}
        initial={of ? { text: of.text } : {}}
        onSubmit={({ text: noted, customerId }) =>
          of
            ? change.send({ itemId: of.id, version: of.version, text: noted })
            : add.send({ meetingId, text: noted, customerId: customerId || null })
        }
        problem={write.problem}
        pending={write.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
