import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { TierTag } from '#ui/tier-tag.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'
import { Begun } from './begun.tsx'
import { useCadenceLine } from './cadence-advice.tsx'
import { OwnerChoice } from './owner-choice.tsx'
import './commitments.css'

type Account = ResultOf<typeof commitmentsApi.contactNext>['due'][number]

/** Whom to contact next, and whom to leave in peace for a while (L-02). */
export function ContactNextPage() {
  const t = useWords('commitments')
  const [owner, setOwner] = useState<string | undefined>()
  const found = useRead(commitmentsApi.contactNext, owner === undefined ? {} : { owner })
  return (
    <Page title={t('nav.contactNext')} about={t('contactNext.about')} actions={<OwnerChoice value={owner} onChange={setOwner} nobody />}>
      <Loaded of={found}>
        {({ due, tooMuch, begun, accounts, more, refused }) => (
          <>
            {accounts > 0 && (
              <p>
                <b>{t('begun.title')}</b>: <Begun begun={begun} />
              </p>
            )}
            <Section title={t('contactNext.due')}>
              {due.length === 0 ? (
                <Empty title={t(accounts === 0 ? 'contactNext.noAccounts' : 'contactNext.nobodyDue')}>
                  {t(accounts === 0 ? 'contactNext.noAccountsHelp' : 'contactNext.nobodyDueHelp', { count: accounts })}
                </Empty>
              ) : (
                <Accounts label={t('contactNext.due')} items={due} plan />
              )}
            </Section>
            {tooMuch.length > 0 && (
              <Section title={t('contactNext.tooMuch')} about={t('contactNext.tooMuchAbout')}>
                <Accounts label={t('contactNext.tooMuch')} items={tooMuch} />
              </Section>
            )}
            {refused > 0 && <p className="muted">{t('contactNext.refused', { count: refused })}</p>}
            {more && <p className="muted">{t('contactNext.more', { count: accounts })}</p>}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Accounts({ label, items, plan = false }: { label: string; items: readonly Account[]; plan?: boolean }) {
  const t = useWords('commitments')
  const format = useFormat()
  const line = useCadenceLine()
  const { may } = useSession()
  return (
    <DataTable
      name="contact-next"
      label={label}
      rowKey={({ customer }) => customer.id}
      to={({ customer }) => `/customers/${customer.id}`}
      pages={{ items }}
      columns={[
        { key: 'customer', title: t('field.customer'), cell: ({ customer }) => customer.name },
        ...(may('value.read')
          ? [{ key: 'tier', title: t('contactNext.tier'), cell: ({ customer }: Account) => <TierTag tier={customer.tier} /> }]
          : []),
        {
          key: 'last',
          title: t('contactNext.last'),
          cell: ({ last }) => (last ? `${format.day(last.day)} · ${t(`channel.${last.channel}`)}` : t('contactNext.notLately')),
        },
        { key: 'stands', title: t('cadence.title'), cell: (account) => line(account) },
        ...(plan && may('commitments.write')
          ? [
              {
                key: 'plan',
                title: t('contactNext.plan'),
                cell: ({ customer, propose }: Account) => (
                  <Link
                    to={`/commitments/new?customer=${customer.id}&kind=${propose === 'visit' ? 'visit' : 'task'}&channel=${propose ?? 'call'}`}
                  >
                    <Button size="small">{t(`channel.${propose ?? 'call'}`)}</Button>
                  </Link>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}
