import { PlusOutlined } from '@ant-design/icons'
import { Button, Input, Popconfirm, Switch, Tag } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { isMeanwhile, type ResultOf } from '#ui/client.ts'
import { Compared, useMerged } from '#ui/compared.tsx'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Money } from '#ui/money.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { useSession } from '#ui/session.ts'
import { type Column, DataTable } from '#ui/table.tsx'
import { TierTag } from '#ui/tier-tag.tsx'
import { usePages, useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { type SegmentDefinition, segmentProblems } from '../domain/segment.ts'
import { useOwnFields } from './own-columns.tsx'
import { firstDefinition, SegmentBuilder } from './segment-builder.tsx'
import { useExplained } from './segment-words.ts'

type Segment = ResultOf<typeof api.segments>['items'][number]
type Member = ResultOf<typeof api.members>['items'][number]

/** Customers by conditions: the segments that somebody keeps, what each means in words, and who is in it now. */
export function SegmentsPage() {
  const t = useWords('customers')
  const explained = useExplained()
  const [params, setParams] = useSearchParams()
  const segments = useRead(api.segments, {})
  const [editing, setEditing] = useState<Segment | 'new' | null>(null)
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
      {t('segments.new')}
    </Button>
  )
  const open = params.get('open')
  return (
    <Page title={t('segments.title')} about={t('segments.about')} actions={add}>
      {editing && (
        <Editor
          key={editing === 'new' ? 'new' : editing.id}
          segment={editing === 'new' ? null : (segments.data?.items.find(({ id }) => id === editing.id) ?? editing)}
          close={(saved) => {
            setEditing(null)
            if (saved) setParams({ open: saved })
          }}
        />
      )}
      <Loaded of={segments}>
        {({ items }) => (
          <DataTable
            name="segments"
            label={t('segments.title')}
            pages={{ items }}
            rowKey={(row) => row.id}
            to={(row) => `/segments?open=${row.id}`}
            columns={[
              { key: 'name', title: t('column.name'), cell: (row) => row.name },
              { key: 'means', title: t('segments.means'), cell: (row) => explained(row.definition) },
              { key: 'now', title: t('segments.now'), cell: (row) => <Size definition={row.definition} /> },
              {
                key: 'whose',
                title: t('segments.whose'),
                cell: (row) => <Tag>{t(row.mine ? (row.shared ? 'segments.mineShared' : 'segments.mine') : 'segments.others')}</Tag>,
              },
              {
                key: 'actions',
                title: t('erasures.decide'),
                cell: (row) => row.mine && <Actions segment={row} edit={() => setEditing(row)} />,
              },
            ]}
            empty={
              <Empty title={t('segments.none')} action={add}>
                {t('segments.noneHelp')}
              </Empty>
            }
          />
        )}
      </Loaded>
      {open && <Members key={open} segmentId={open} />}
    </Page>
  )
}

function Actions({ segment, edit }: { segment: Segment; edit: () => void }) {
  const ui = useWords('ui')
  const t = useWords('customers')
  const notice = useNotice()
  const remove = useWrite(api.removeSegment)
  return (
    <span className="row nowrap">
      <Button size="small" onClick={edit}>
        {ui('edit')}
      </Button>
      <Popconfirm
        title={t('people.removeAsk', { name: segment.name })}
        okText={ui('delete')}
        cancelText={ui('cancel')}
        onConfirm={() => remove.send({ segmentId: segment.id, version: segment.version }).catch(notice.refused)}
      >
        <Button size="small">{ui('delete')}</Button>
      </Popconfirm>
    </span>
  )
}

interface Typed {
  readonly name: string
  readonly shared: boolean
  readonly definition: SegmentDefinition
}

function Editor({ segment, close }: { segment: Segment | null; close: (saved?: string) => void }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const explained = useExplained()
  const { may } = useSession()
  const typed = useMerged<Typed>({
    name: segment?.name ?? '',
    shared: segment?.shared ?? false,
    definition: segment?.definition ?? firstDefinition(may('value.read')),
  })
  const { name, shared, definition } = typed.values
  const make = useWrite(api.makeSegment, { onDone: ({ id }) => close(id) })
  const change = useWrite(api.changeSegment, { onDone: ({ id }) => close(id) })
  const whole = segmentProblems(definition, useOwnFields()).length === 0
  const save = () =>
    (segment
      ? change.send({ segmentId: segment.id, version: segment.version, name, definition, shared })
      : make.send({ name, definition, shared })
    ).catch(() => {})
  return (
    <Section title={segment ? segment.name : t('segments.new')}>
      {typed.compared && (
        <Compared
          compared={typed.compared}
          label={(field) => t(field === 'name' ? 'column.name' : field === 'shared' ? 'segments.share' : 'segments.means')}
          shown={(field, theirs) =>
            field === 'definition'
              ? explained(theirs as SegmentDefinition)
              : field === 'shared'
                ? ui(theirs ? 'yes' : 'no')
                : String(theirs)
          }
          decide={typed.decide}
        />
      )}
      <SegmentBuilder value={definition} onChange={(next) => typed.set({ definition: next })} />
      {whole && (
        <p>
          {explained(definition)} <Size definition={definition} />
        </p>
      )}
      <div className="row">
        <Input
          style={{ maxWidth: 320 }}
          value={name}
          maxLength={100}
          aria-label={t('column.name')}
          placeholder={t('segments.name')}
          onChange={(event) => typed.set({ name: event.target.value })}
        />
        <span className="row">
          <Switch checked={shared} onChange={(next) => typed.set({ shared: next })} aria-label={t('segments.share')} />{' '}
          {t('segments.share')}
        </span>
        <Button type="primary" disabled={!whole || name.trim() === ''} loading={make.pending || change.pending} onClick={() => void save()}>
          {ui('save')}
        </Button>
        <Button onClick={() => close()}>{ui('cancel')}</Button>
      </div>
      <Refused problem={make.problem ?? (isMeanwhile(change.problem) ? null : change.problem)} />
    </Section>
  )
}

/** How many are meant at this moment. */
function Size({ definition }: { definition: SegmentDefinition }) {
  const size = useRead(api.segmentSize, { definition: JSON.stringify(definition) })
  return <b>{size.data && <Count {...size.data} />}</b>
}

function Count({ customers, more }: { customers: number; more: boolean }) {
  const t = useWords('customers')
  const format = useFormat()
  return <>{t('list.count', { count: customers, number: `${format.number(customers)}${more ? '+' : ''}` })}</>
}

function Members({ segmentId }: { segmentId: string }) {
  const t = useWords('customers')
  const { may } = useSession()
  const pages = usePages(api.members, { segmentId, limit: 50 })
  const { segment, count } = pages.first ?? {}
  const figures: Column<Member>[] = [
    { key: 'tier', title: t('column.tier'), cell: (row) => <TierTag tier={row.tier} /> },
    { key: 'lifetimeValue', title: t('column.lifetimeValue'), align: 'end', cell: (row) => <Money minor={row.lifetimeValueMinor} /> },
  ]
  return (
    <Section title={segment ? t('segments.members', { name: segment.name }) : t('segments.title')}>
      <p>
        <Link to={`/customers?inSegment=${segmentId}`}>{t('segments.inList')}</Link>
      </p>
      <DataTable
        name="segment-members"
        label={t('segments.title')}
        pages={pages}
        rowKey={(row) => row.id}
        to={(row) => `/customers/${row.id}`}
        columns={[
          { key: 'name', title: t('column.name'), cell: (row) => row.name },
          ...(may('value.read') ? figures : []),
          { key: 'city', title: t('column.city'), cell: (row) => row.city },
        ]}
        count={count && <Count {...count} />}
        empty={<Empty title={t('list.nobody')}>{t('segments.nobody')}</Empty>}
      />
    </Section>
  )
}
