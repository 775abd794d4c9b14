import { Button, Segmented, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { PeopleChoice } from '#ui/people-choice.tsx'
import { useSession } from '#ui/session.ts'
import { type Column, DataTable } from '#ui/table.tsx'
import { TierTag } from '#ui/tier-tag.tsx'
import { useToday } from '#ui/today.ts'
import { usePages, useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { insightApi } from '../api.ts'
import './insight.css'

type Old = ResultOf<typeof insightApi.oldCustomers>['items'][number]
type Campaign = NonNullable<ResultOf<typeof insightApi.campaigns>['items']>[number]
const activities = ['both', 'old', 'asleep'] as const

/** The workbench for old customers (M-05): whom to contact, whom to greet, who brings others, and what campaigns made of those whom they won. */
export function OldCustomersPage() {
  const t = useWords('insight')
  const { mayAll } = useSession()
  const [activity, setActivity] = useState<(typeof activities)[number]>('both')
  const [owner, setOwner] = useState<string | null>(null)
  const pages = usePages(insightApi.oldCustomers, {
    ...(activity === 'both' ? {} : { activity }),
    ...(owner === null ? {} : { ownerId: owner }),
    limit: 50,
  })
  return (
    <Page title={t('nav.oldCustomers')} about={t('old.about')}>
      <DataTable
        name="old-customers"
        label={t('nav.oldCustomers')}
        columns={useColumns()}
        pages={pages}
        rowKey={(row) => row.customerId}
        to={(row) => `/customers/${row.customerId}`}
        toolbar={
          <>
            <Segmented
              aria-label={t('old.which')}
              value={activity}
              onChange={setActivity}
              options={activities.map((value) => ({ value, label: t(`old.activity.${value}`) }))}
            />
            <PeopleChoice
              className="old-owner"
              aria-label={t('old.owner')}
              placeholder={t('old.everybody')}
              value={owner}
              onChange={setOwner}
            />
          </>
        }
        empty={<Empty title={t('old.none')}>{t('old.noneHelp')}</Empty>}
      />
      {mayAll('insight.read') && mayAll('customers.read') && mayAll('orders.read') && <Campaigns />}
    </Page>
  )
}

function useColumns(): Column<Old>[] {
  const t = useWords('insight')
  const format = useFormat()
  const people = usePeople()
  const { may, user } = useSession()
  const seesContacts = may('commitments.read')
  const today = useToday()
  return [
    { key: 'name', title: t('old.customer'), cell: (row) => row.name },
    { key: 'activity', title: t('old.which'), cell: (row) => t(`old.activity.${row.activity}`) },
    { key: 'tier', title: t('old.tier'), cell: (row) => <TierTag tier={row.tier} /> },
    { key: 'profit', title: t('old.profit'), align: 'end', cell: (row) => format.money(row.profitMinor, null, { short: true }) },
    { key: 'last', title: t('old.lastOrder'), cell: (row) => format.day(row.lastOrderDay) },
    ...(seesContacts
      ? ([
          {
            key: 'contact',
            title: t('old.contact'),
            cell: ({ contact }) => {
              if (!contact) return null
              if (contact.propose === null) return <span className="muted">{t('old.refused')}</span>
              if (contact.dueBy === null) return <span className="muted">{t('old.notDue')}</span>
              return contact.dueBy <= today ? <strong>{t('old.dueNow')}</strong> : t('old.dueBy', { day: format.day(contact.dueBy) })
            },
          },
        ] satisfies Column<Old>[])
      : []),
    ...(may('customers.read-personal')
      ? ([
          { key: 'birthday', title: t('old.birthday'), cell: (row) => (row.birthdayOn ? format.day(row.birthdayOn) : null) },
        ] satisfies Column<Old>[])
      : []),
    { key: 'referred', title: t('old.referred'), align: 'end', cell: (row) => (row.referred === 0 ? null : format.number(row.referred)) },
    {
      key: 'owner',
      title: t('old.owner'),
      optional: true,
      cell: (row) => (row.ownerId === user.id ? t('old.me') : row.ownerId === null ? null : people.nameOf(row.ownerId)),
    },
    ...(seesContacts && may('commitments.write')
      ? ([
          {
            key: 'plan',
            title: t('old.next'),
            cell: ({ customerId, name, contact }) =>
              contact?.propose && (
                <Link
                  to={`/commitments/new?customer=${customerId}&kind=${contact.propose === 'visit' ? 'visit' : 'task'}&channel=${contact.propose}`}
                >
                  <Button size="small" aria-label={`${t('old.plan')}: ${name}`}>
                    {t('old.plan')}
                  </Button>
                </Link>
              ),
          },
        ] satisfies Column<Old>[])
      : []),
  ]
}

function Campaigns() {
  const t = useWords('insight')
  const format = useFormat()
  const [months, setMonths] = useState(24)
  const found = useRead(insightApi.campaigns, { months })
  const share = (part: number, whole: number) => (
    <>
      {format.number(part)} <span className="muted">{format.percent(part / whole)}</span>
    </>
  )
  const columns: Column<Campaign>[] = [
    { key: 'campaign', title: t('campaign.name'), cell: (row) => row.campaign },
    { key: 'first', title: t('campaign.first'), align: 'end', cell: (row) => format.number(row.firstOrders) },
    { key: 'second', title: t('campaign.second'), align: 'end', cell: (row) => share(row.secondPurchases, row.firstOrders) },
    { key: 'referred', title: t('campaign.referred'), align: 'end', cell: (row) => format.number(row.referred) },
  ]
  return (
    <Section
      title={t('campaign.title')}
      about={t('campaign.about')}
      actions={
        <Select
          aria-label={t('campaign.span')}
          value={months}
          onChange={setMonths}
          options={[12, 24, 60].map((value) => ({ value, label: t('campaign.months', { count: value }) }))}
        />
      }
    >
      <Loaded of={found}>
        {({ items, from }) => (
          <>
            <DataTable
              name="campaigns"
              label={t('campaign.title')}
              columns={columns}
              pages={{ items: items ?? [] }}
              rowKey={(row) => row.campaign}
              empty={<Empty title={t('campaign.none')}>{t('campaign.noneHelp')}</Empty>}
            />
            <p className="muted">{t('campaign.since', { day: format.day(from) })}</p>
          </>
        )}
      </Loaded>
    </Section>
  )
}
