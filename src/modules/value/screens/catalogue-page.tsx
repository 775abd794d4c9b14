import { Button, Tag } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { useConfirm } from '#ui/confirm.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { extraTypes, type ServiceLayer, serviceLayers } from '../domain/service-layers.ts'
import { LayerEffects } from './layer-effects.tsx'
import { usePolicyWords } from './policy-words.ts'
import { ServePage } from './serve-page.tsx'

type Service = ResultOf<typeof valueApi.services>['items'][number]
type Typed = Omit<Service, 'id' | 'version'>
type Opened = { readonly id: string } | { readonly layer: ServiceLayer }

/** The services that are given, in three layers, and what each layer did to the satisfaction of customers (K-01…K-04). */
export function CataloguePage() {
  const t = useWords('value')
  const services = useRead(valueApi.services, {})
  const [open, setOpen] = useState<Opened | null>(null)
  return (
    <ServePage name="catalogue">
      <Loaded of={services}>
        {({ items }) => (
          <>
            {serviceLayers.map((layer) => (
              <Layer key={layer} layer={layer} services={items.filter((one) => one.layer === layer)} onOpen={setOpen} />
            ))}
            {open && (
              <ServiceForm
                service={'id' in open ? (items.find(({ id }) => id === open.id) ?? null) : null}
                layer={'layer' in open ? open.layer : 'in-scope'}
                close={() => setOpen(null)}
              />
            )}
          </>
        )}
      </Loaded>
      <Section title={t('layers.title')} about={t('layers.about')}>
        <LayerEffects />
      </Section>
    </ServePage>
  )
}

function Layer({ layer, services, onOpen }: { layer: ServiceLayer; services: readonly Service[]; onOpen: (open: Opened) => void }) {
  const t = useWords('value')
  const format = useFormat()
  const { time } = usePolicyWords()
  const { may } = useSession()
  const confirm = useConfirm()
  const remove = useWrite(valueApi.removeService)
  const writes = may('value.policies')
  const title = t(`layer.${layer}`)
  const ask = ({ id, version, name }: Service) =>
    confirm({ title: t('service.removeAsk', { name }), about: t('service.removeAbout'), verb: t('delete') }, () =>
      remove.send({ serviceId: id, version }),
    )
  const add = writes && (
    <Button onClick={() => onOpen({ layer })} aria-label={`${t('service.add')}: ${title}`}>
      {t('service.add')}
    </Button>
  )
  return (
    <Section title={title} about={t(`layerAbout.${layer}`)} actions={add}>
      <DataTable
        name={`value-services-${layer}`}
        label={title}
        rowKey={(row) => row.id}
        pages={{ items: services }}
        empty={<p className="muted">{t(`layerNone.${layer}`)}</p>}
        columns={[
          {
            key: 'name',
            title: t('service.name'),
            cell: (row) => (
              <>
                <b>{row.name}</b>
                {row.description && <div className="muted written">{row.description}</div>}
              </>
            ),
          },
          ...(layer === 'extra'
            ? [{ key: 'type', title: t('service.extraType'), cell: (row: Service) => t(`extraType.${row.extraType}`) }]
            : []),
          {
            key: 'expected',
            title: t('service.expectation'),
            cell: (row) => (
              <Tag className={row.expected ? '' : 'value-good'}>{t(row.expected ? 'service.expected' : 'service.unexpected')}</Tag>
            ),
          },
          { key: 'target', title: t('service.target'), cell: (row) => time(row.targetMinutes) },
          { key: 'cost', title: t('service.cost'), align: 'end', cell: (row) => format.money(row.costMinor) },
          ...(writes
            ? [
                {
                  key: 'actions',
                  title: t('spend.actions'),
                  cell: (row: Service) => (
                    <span className="row">
                      <Button size="small" onClick={() => onOpen({ id: row.id })} aria-label={`${t('edit')}: ${row.name}`}>
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
    </Section>
  )
}

function ServiceForm({ service, layer, close }: { service: Service | null; layer: ServiceLayer; close: () => void }) {
  const t = useWords('value')
  const add = useWrite(valueApi.addService, { onDone: close })
  const change = useWrite(valueApi.changeService, { onDone: close })
  const [chosen, setChosen] = useState<ServiceLayer>(service?.layer ?? layer)
  return (
    <Dialog title={t(service ? 'service.change' : 'service.add')} onClose={close}>
      <Form<Typed>
        fields={[
          { name: 'name', kind: 'text', label: t('service.name'), required: true, maxLength: 200 },
          {
            name: 'layer',
            kind: 'choice',
            label: t('service.layer'),
            required: true,
            options: serviceLayers.map((value) => ({ value, label: t(`layer.${value}`) })),
          },
          ...(chosen === 'extra'
            ? [
                {
                  name: 'extraType',
                  kind: 'choice',
                  label: t('service.extraType'),
                  required: true,
                  options: extraTypes.map((value) => ({ value, label: t(`extraType.${value}`) })),
                } as const,
              ]
            : []),
          { name: 'description', kind: 'area', rows: 3, label: t('service.description'), maxLength: 2000 },
          { name: 'expected', kind: 'yes', label: t('service.isExpected'), help: t('service.isExpectedHelp') },
          { name: 'costMinor', kind: 'money', label: t('service.cost'), required: true, min: 0 },
          {
            name: 'targetMinutes',
            kind: 'number',
            label: t('service.target'),
            help: t('service.targetHelp'),
            unit: t('policy.unit'),
            min: 1,
            max: 525_600,
          },
        ]}
        initial={service ?? { layer, extraType: null, expected: layer === 'in-scope', costMinor: 0 }}
        problem={add.problem ?? change.problem}
        pending={add.pending || change.pending}
        submit={t('save')}
        cancel={close}
        onChange={(values) => setChosen(values.layer)}
        onSubmit={(values) => {
          const said = {
            name: values.name,
            layer: values.layer,
            extraType: values.layer === 'extra' ? (values.extraType ?? null) : null,
            description: values.description || null,
            expected: values.expected ?? false,
            costMinor: values.costMinor,
            targetMinutes: values.targetMinutes ?? null,
          }
          return service ? change.send({ ...said, serviceId: service.id, version: service.version }) : add.send(said)
        }}
      />
    </Dialog>
  )
}
