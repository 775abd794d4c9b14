import { PlusOutlined } from '@ant-design/icons'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { usePages, useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { GroupDialog, MeetingDialog, MemberDialog } from './advisory-forms.tsx'
import './cases.css'
import './voice.css'

/** Groups of customers who advise the company, and meetings with them and with key customers (P-03). */
export function AdvisoryPage() {
  const t = useWords('cases')
  const people = usePeople()
  const { may } = useSession()
  const found = useRead(casesApi.advisoryGroups, {})
  const [adding, setAdding] = useState(false)
  const add = may('cases.write') && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {t('advisory.newGroup')}
    </Button>
  )
  return (
    <Page title={t('advisory.title')} about={t('advisory.about')} actions={add}>
      <Section title={t('advisory.groups')}>
        <Loaded of={found}>
          {({ groups }) => (
            <DataTable
              name="advisory-groups"
              label={t('advisory.groups')}
              pages={{ items: groups }}
              rowKey={(row) => row.id}
              to={(row) => `/cases/advisers/${row.id}`}
              columns={[
                { key: 'name', title: t('advisory.name'), cell: (row) => row.name },
                { key: 'purpose', title: t('advisory.purpose'), cell: (row) => row.purpose },
                { key: 'owner', title: t('advisory.owner'), cell: (row) => people.nameOf(row.ownerId) },
                { key: 'members', title: t('advisory.members'), align: 'end', cell: (row) => row.members },
                { key: 'state', title: t('field.state'), cell: (row) => <GroupState of={row} /> },
              ]}
              empty={
                <Empty title={t('advisory.noGroups')} action={add}>
                  {t('advisory.noGroupsHelp')}
                </Empty>
              }
            />
          )}
        </Loaded>
      </Section>
      <Meetings groupId={null} />
      {adding && <GroupDialog of={null} close={() => setAdding(false)} />}
    </Page>
  )
}

function GroupState({ of }: { readonly of: { readonly endedOn: string | null } }) {
  const t = useWords('cases')
  const format = useFormat()
  return of.endedOn ? <Tag>{t('advisory.ended', { day: format.day(of.endedOn) })}</Tag> : <Tag>{t('advisory.goesOn')}</Tag>
}

function Meetings({ groupId }: { readonly groupId: string | null }) {
  const t = useWords('cases')
  const format = useFormat()
  const navigate = useNavigate()
  const { may } = useSession()
  const [adding, setAdding] = useState(false)
  const pages = usePages(casesApi.advisoryMeetings, groupId === null ? {} : { groupId })
  const add = may('cases.write') && (
    <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {t('advisory.newMeeting')}
    </Button>
  )
  return (
    <Section title={t('advisory.meetings')} actions={pages.items.length > 0 && add}>
      <DataTable
        name="advisory-meetings"
        label={t('advisory.meetings')}
        pages={pages}
        rowKey={(row) => row.id}
        to={(row) => `/cases/meetings/${row.id}`}
        columns={[
          { key: 'title', title: t('advisory.meetingTitle'), cell: (row) => row.title },
          { key: 'startsAt', title: t('advisory.startsAt'), cell: (row) => format.instant(row.startsAt) },
          { key: 'place', title: t('advisory.place'), cell: (row) => row.place ?? (row.link ? t('advisory.online') : '') },
        ]}
        empty={
          <Empty title={t('advisory.noMeetings')} action={add}>
            {t('advisory.noMeetingsHelp')}
          </Empty>
        }
      />
      {adding && (
        <MeetingDialog groupId={groupId} of={null} close={() => setAdding(false)} done={(id) => navigate(`/cases/meetings/${id}`)} />
      )}
    </Section>
  )
}

type Group = ResultOf<typeof casesApi.advisoryGroup>

/** A group with its members and meetings. */
export function AdvisoryGroupPage() {
  const { groupId = '' } = useParams()
  const found = useRead(casesApi.advisoryGroup, { groupId })
  return <Loaded of={found}>{(group) => <Whole group={group} />}</Loaded>
}

function Whole({ group }: { readonly group: Group }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const { may } = useSession()
  const [editing, setEditing] = useState(false)
  const [member, setMember] = useState<Group['members'][number] | 'new' | null>(null)
  const add = may('cases.write') && <Button onClick={() => setMember('new')}>{t('advisory.newMember')}</Button>
  return (
    <Page
      title={group.name}
      about={group.purpose}
      actions={may('cases.write') && <Button onClick={() => setEditing(true)}>{t('advisory.editGroup')}</Button>}
    >
      <p className="row">
        <GroupState of={group} />
        <span className="muted">
          {t('advisory.owner')}: {people.nameOf(group.ownerId)}
        </span>
        <Link to="/cases/advisers">{t('advisory.title')}</Link>
      </p>
      <Section title={t('advisory.members')} actions={group.members.length > 0 && add}>
        <DataTable
          name="advisory-members"
          label={t('advisory.members')}
          pages={{ items: group.members }}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'customer',
              title: t('field.customer'),
              cell: (row) => <Link to={`/customers/${row.customer.id}`}>{row.customer.name}</Link>,
            },
            { key: 'person', title: t('advisory.person'), cell: (row) => row.person ?? '' },
            { key: 'since', title: t('advisory.since'), cell: (row) => format.day(row.since) },
            { key: 'until', title: t('advisory.until'), cell: (row) => format.day(row.until) },
            {
              key: 'change',
              title: '',
              cell: (row) =>
                may('cases.write') && (
                  <Button size="small" onClick={() => setMember(row)}>
                    {t('advisory.change')}
                  </Button>
                ),
            },
          ]}
          empty={
            <Empty title={t('advisory.noMembers')} action={add}>
              {t('advisory.noMembersHelp')}
            </Empty>
          }
        />
        {group.hidden > 0 && <p className="muted">{t('advisory.hidden', { count: group.hidden })}</p>}
      </Section>
      <Meetings groupId={group.id} />
      {editing && <GroupDialog of={group} close={() => setEditing(false)} />}
      {member && <MemberDialog groupId={group.id} of={member === 'new' ? null : member} close={() => setMember(null)} />}
    </Page>
  )
}
