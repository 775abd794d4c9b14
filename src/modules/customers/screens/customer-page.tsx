import { HistoryOutlined, MergeCellsOutlined } from '@ant-design/icons'
import { Alert, Button, Progress, Radio, Tag } from 'antd'
import { useState } from 'react'
import { Navigate, useParams } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { Slot } from '#ui/slot.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { type ArchiveGroup, archiveGroups, basicFields, extendedFields } from '../domain/archive.ts'
import { ArchiveFieldList } from './archive-fields.tsx'
import { Consents } from './consents.tsx'
import { Contacts } from './contacts.tsx'
import { HistoryDrawer } from './history-drawer.tsx'
import { MergeWith } from './merge-with.tsx'
import { Merges } from './merges.tsx'
import { OwnFields } from './own-fields.tsx'
import { KeyPersons, UsedCompetitors } from './people.tsx'
import { PrivacyMenu } from './privacy-menu.tsx'
import { ProfilingSwitch } from './profiling-switch.tsx'
import { Relations } from './relations.tsx'
import { Timeline } from './timeline.tsx'
import './customers.css'

export type CustomerView = ResultOf<typeof api.one>

export function CustomerPage() {
  const { id = '' } = useParams()
  const customer = useRead(api.one, { id }, { keepPrevious: false })
  return (
    <Loaded of={customer}>
      {/* An id that was merged into another leads to the other's page. */}
      {(found) => (found.id === id ? <Found customer={found} /> : <Navigate to={`/customers/${found.id}`} replace />)}
    </Loaded>
  )
}

function Found({ customer }: { customer: CustomerView }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const format = useFormat()
  const { may } = useSession()
  const [history, setHistory] = useState(false)
  const [merging, setMerging] = useState(false)
  return (
    <Page
      title={customer.values.name}
      about={<Head customer={customer} />}
      actions={
        <>
          {may('customers.merge') && !customer.erasedAt && (
            <Button icon={<MergeCellsOutlined />} onClick={() => setMerging(true)}>
              {t('merge.with')}
            </Button>
          )}
          {may('customers.privacy') && <PrivacyMenu customerId={customer.id} erased={customer.erasedAt !== null} />}
          <Button icon={<HistoryOutlined />} onClick={() => setHistory(true)}>
            {t('history.title')}
          </Button>
        </>
      }
    >
      {customer.erasedAt && <Alert type="warning" showIcon title={t('privacy.erased', { at: format.instant(customer.erasedAt) })} />}
      {customer.notTarget.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('targets.false')}
          description={customer.notTarget
            .map(({ field, test, words }) => t(`target.${test}`, { field: t(`field.${field}`), words: format.list(words) }))
            .join(ui('comma'))}
        />
      )}
      {!customer.profiling && !customer.erasedAt && <Alert type="info" showIcon title={t('profiling.off')} />}
      <Section title={t('archive.title')} actions={<ProfilingSwitch customer={customer} />}>
        <Archive customer={customer} />
      </Section>
      <Section title={t('contact.title')}>
        <Contacts customer={customer} />
      </Section>
      <Section title={t('consent.title')}>
        <Consents customerId={customer.id} />
      </Section>
      <Section title={t('relation.title')}>
        <Relations customerId={customer.id} />
      </Section>
      <Slot name="customer" give={{ customerId: customer.id }} />
      <Merges customer={customer} />
      <Section title={t('timeline.title')}>
        <Timeline customerId={customer.id} />
      </Section>
      {merging && <MergeWith customerId={customer.id} close={() => setMerging(false)} />}
      {history && <HistoryDrawer customerId={customer.id} close={() => setHistory(false)} />}
    </Page>
  )
}

/** Who it is and what they are worth, at a glance. Other modules stand beside it and answer "why?". */
function Head({ customer: { id, values, figures, sources } }: { customer: CustomerView }) {
  const t = useWords('customers')
  const format = useFormat()
  const owners = usePeople()
  return (
    <div className="customer-head">
      <Slot name="customer.head" give={{ customerId: id }} bare />
      {figures.valuedOn && (
        <>
          <span>{t(`activity.${figures.activity}`)}</span>
          <span>{t('head.lifetimeValue', { amount: format.money(figures.lifetimeValueMinor) })}</span>
        </>
      )}
      <span>{t('head.owner', { name: owners.nameOf(values.ownerId) ?? t('head.nobody') })}</span>
      {figures.lastOrderDay && <span>{t('head.lastOrder', { day: format.day(figures.lastOrderDay) })}</span>}
      {values.role !== 'customer' && <Tag color="purple">{t(`role.${values.role}`)}</Tag>}
      {values.phase && <Tag>{t(`phase.${values.phase}`)}</Tag>}
      {values.traits.map((trait) => (
        <Tag key={trait} color="cyan" {...(values.traitNote ? { title: values.traitNote } : {})}>
          {trait}
        </Tag>
      ))}
      {values.traitNote && <span>{values.traitNote}</span>}
      {sources.map(({ source, externalKey }) => (
        <Tag key={`${source} ${externalKey}`}>{`${source}: ${externalKey}`}</Tag>
      ))}
    </div>
  )
}

function Archive({ customer }: { customer: CustomerView }) {
  const t = useWords('customers')
  const [group, setGroup] = useState<ArchiveGroup>('basic')
  const { overall, groups, missing } = customer.completeness
  const content: Readonly<Record<ArchiveGroup, React.ReactNode>> = {
    basic: <ArchiveFieldList customer={customer} fields={basicFields} />,
    extended: (
      <>
        <ArchiveFieldList customer={customer} fields={extendedFields} />
        <OwnFields customerId={customer.id} />
      </>
    ),
    keyPersons: <KeyPersons customer={customer} />,
    usedCompetitors: <UsedCompetitors customer={customer} />,
  }
  const ui = useWords('ui')
  const words = missing.filter((one) => one.group === group).map(({ field }) => t(`field.${field}`))
  return (
    <>
      <div className="customer-head">
        <Progress type="circle" percent={overall} size={56} aria-label={t('archive.completeness')} />
        <div>
          <div>{t('archive.complete', { percent: overall })}</div>
          {words.length > 0 && (
            <div className="muted" role="status">
              {t('archive.missing', { group: t(`group.${group}`), fields: words.join(ui('comma')) })}
            </div>
          )}
        </div>
      </div>
      <Radio.Group
        aria-label={t('archive.title')}
        optionType="button"
        value={group}
        onChange={(event) => setGroup(event.target.value)}
        options={archiveGroups.map((value) => ({ value, label: `${t(`group.${value}`)} ${groups[value] ?? 0}%` }))}
      />
      <div className="customer-archive">{content[group]}</div>
    </>
  )
}
