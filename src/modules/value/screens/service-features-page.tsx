import { Button, Checkbox, Tag } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { useConfirm } from '#ui/confirm.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { type Column, DataTable } from '#ui/table.tsx'
import { TermsInput } from '#ui/terms-input.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { ServePage } from './serve-page.tsx'

type Found = ResultOf<typeof valueApi.serviceFeatures>
type Feature = Found['items'][number]
type Typed = Pick<Feature, 'name' | 'note' | 'ours' | 'matchedBy'>

const signs = { 'only-us': 'value-good', shared: '', behind: 'value-warn', nobody: '' } as const

/** What our service has that others have not, until they match it (C-15). */
export function ServiceFeaturesPage() {
  const t = useWords('value')
  const { may } = useSession()
  const found = useRead(valueApi.serviceFeatures, {})
  /** By its id, so that the form sees what others save meanwhile. */
  const [open, setOpen] = useState<string | null>(null)
  const add = may('value.policies') && (
    <Button type="primary" onClick={() => setOpen('new')}>
      {t('feature.add')}
    </Button>
  )
  return (
    <ServePage name="features" actions={add}>
      <Loaded of={found}>
        {({ items, competitors }) => (
          <>
            <Grid items={items} competitors={competitors} onOpen={setOpen} add={add} />
            {open && (
              <FeatureForm feature={items.find(({ id }) => id === open) ?? null} competitors={competitors} close={() => setOpen(null)} />
            )}
          </>
        )}
      </Loaded>
    </ServePage>
  )
}

function Grid({ items, competitors, onOpen, add }: Found & { onOpen: (id: string) => void; add: React.ReactNode }) {
  const t = useWords('value')
  const { may } = useSession()
  const notice = useNotice()
  const confirm = useConfirm()
  const change = useWrite(valueApi.changeServiceFeature)
  const remove = useWrite(valueApi.removeServiceFeature)
  const writes = may('value.policies')
  const ask = (feature: Feature) =>
    confirm({ title: t('feature.removeAsk', { name: feature.name }), verb: t('delete') }, () =>
      remove.send({ featureId: feature.id, version: feature.version }),
    )
  const write = ({ id, version, name, note, ours, matchedBy }: Feature, part: Partial<Typed>) =>
    void change.send({ featureId: id, version, ...{ name, note, ours, matchedBy }, ...part }).catch(notice.refused)
  const competitorColumn = (competitor: string): Column<Feature> => ({
    key: `by ${competitor}`,
    title: competitor,
    cell: (row) => (
      <Checkbox
        checked={row.matchedBy.includes(competitor)}
        disabled={!writes || change.pending}
        aria-label={t('feature.has', { name: row.name, competitor })}
        onChange={({ target }) =>
          write(row, { matchedBy: target.checked ? [...row.matchedBy, competitor] : row.matchedBy.filter((one) => one !== competitor) })
        }
      />
    ),
  })
  return (
    <DataTable
      name="value-features"
      label={t('serve.features.title')}
      rowKey={(row) => row.id}
      pages={{ items }}
      empty={
        <Empty title={t('feature.none')} action={add}>
          {t('feature.noneHelp')}
        </Empty>
      }
      columns={[
        {
          key: 'name',
          title: t('feature.name'),
          cell: (row) => (
            <>
              <b>{row.name}</b>
              {row.note && <div className="muted written">{row.note}</div>}
            </>
          ),
        },
        {
          key: 'standing',
          title: t('feature.standing'),
          cell: (row) => <Tag className={signs[row.standing]}>{t(`feature.standing.${row.standing}`)}</Tag>,
        },
        {
          key: 'ours',
          title: t('feature.ours'),
          cell: (row) => (
            <Checkbox
              checked={row.ours}
              disabled={!writes || change.pending}
              aria-label={t('feature.oursOf', { name: row.name })}
              onChange={({ target }) => write(row, { ours: target.checked })}
            />
          ),
        },
        ...competitors.map(competitorColumn),
        ...(writes
          ? [
              {
                key: 'actions',
                title: t('spend.actions'),
                cell: (row: Feature) => (
                  <span className="row">
                    <Button size="small" onClick={() => onOpen(row.id)} aria-label={`${t('edit')}: ${row.name}`}>
                      {t('edit')}
                    </Button>
                    <Button size="small" danger onClick={() => ask(row)} aria-label={`${t('delete')}: ${row.name}`}>
                      {t('delete')}
                    </Button>
                  </span>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}

function FeatureForm({ feature, competitors, close }: { feature: Feature | null; competitors: readonly string[]; close: () => void }) {
  const t = useWords('value')
  const add = useWrite(valueApi.addServiceFeature, { onDone: close })
  const change = useWrite(valueApi.changeServiceFeature, { onDone: close })
  return (
    <Dialog title={t(feature ? 'feature.change' : 'feature.add')} onClose={close}>
      <Form<Typed>
        fields={[
          { name: 'name', kind: 'text', label: t('feature.name'), required: true, maxLength: 200 },
          { name: 'note', kind: 'area', rows: 2, label: t('feature.note'), maxLength: 1000 },
          { name: 'ours', kind: 'yes', label: t('feature.ours') },
          {
            name: 'matchedBy',
            kind: 'own',
            label: t('feature.matchedBy'),
            help: t('feature.matchedByHelp'),
            control: <TermsInput offered={competitors} />,
          },
        ]}
        initial={feature ?? { ours: true, matchedBy: [] }}
        problem={add.problem ?? change.problem}
        pending={add.pending || change.pending}
        submit={t('save')}
        cancel={close}
        onSubmit={({ name, note, ours, matchedBy }) => {
          const said = { name, note: note || null, ours: ours ?? false, matchedBy: [...(matchedBy ?? [])] }
          return feature ? change.send({ ...said, featureId: feature.id, version: feature.version }) : add.send(said)
        }}
      />
    </Dialog>
  )
}
