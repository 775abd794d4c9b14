import { Button } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { useConfirm } from '#ui/confirm.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'
import './commitments.css'

type Service = ResultOf<typeof commitmentsApi.services>['items'][number]
interface Typed {
  readonly title: string
  readonly detail?: string | null
  readonly since?: string | null
}

/** On a customer's page: the account's own service sheet (L-03), line by line. */
export function ServicesPanel({ customerId }: { customerId: string }) {
  const t = useWords('commitments')
  const ui = useWords('ui')
  const format = useFormat()
  const people = usePeople()
  const { may } = useSession()
  const found = useRead(commitmentsApi.services, { customerId }, { keepPrevious: false })
  const remove = useWrite(commitmentsApi.removeService)
  const confirm = useConfirm()
  const ask = ({ id, title, version }: Service) =>
    confirm({ title: t('service.removeAsk', { name: title }), verb: ui('delete') }, () =>
      remove.send({ customerId, serviceId: id, version }),
    )
  /** By its id, so that the form sees what others save meanwhile. */
  const [open, setOpen] = useState<string | null>(null)
  const writes = may('commitments.write')
  return (
    <Loaded of={found} lines={2}>
      {({ items }) => (
        <div className="commitment-panel">
          {items.length === 0 && <p className="muted">{t('service.none')}</p>}
          <ul className="plain-list">
            {items.map((service) => (
              <li key={service.id} className="row">
                <span className="customer-field">
                  <b>{service.title}</b>{' '}
                  {service.since && <span className="muted">{t('service.sinceDay', { day: format.day(service.since) })}</span>}
                  {service.detail && <div className="written">{service.detail}</div>}
                  <small className="muted">
                    {t('history.by', { at: format.instant(service.changedAt), name: people.nameOf(service.changedBy) })}
                  </small>
                </span>
                {writes && (
                  <>
                    <Button size="small" onClick={() => setOpen(service.id)} aria-label={`${ui('edit')}: ${service.title}`}>
                      {ui('edit')}
                    </Button>
                    <Button size="small" danger onClick={() => ask(service)} aria-label={`${ui('delete')}: ${service.title}`}>
                      {ui('delete')}
                    </Button>
                  </>
                )}
              </li>
            ))}
          </ul>
          {writes && (
            <div>
              <Button onClick={() => setOpen('new')}>{t('service.add')}</Button>
            </div>
          )}
          {open && (
            <ServiceForm customerId={customerId} service={items.find(({ id }) => id === open) ?? null} close={() => setOpen(null)} />
          )}
        </div>
      )}
    </Loaded>
  )
}

function ServiceForm({ customerId, service, close }: { customerId: string; service: Service | null; close: () => void }) {
  const t = useWords('commitments')
  const ui = useWords('ui')
  const add = useWrite(commitmentsApi.addService, { onDone: close })
  const change = useWrite(commitmentsApi.changeService, { onDone: close })
  const submit = ({ title, detail, since }: Typed) => {
    const said = { customerId, title, detail: detail || null, since: since ?? null }
    return service === null ? add.send(said) : change.send({ ...said, serviceId: service.id, version: service.version })
  }
  return (
    <Dialog title={t(service === null ? 'service.add' : 'service.change')} onClose={close}>
      <Form<Typed>
        fields={[
          { name: 'title', kind: 'text', label: t('service.title'), help: t('service.titleHelp'), required: true, maxLength: 200 },
          { name: 'detail', kind: 'area', rows: 4, label: t('service.detail'), maxLength: 2000 },
          { name: 'since', kind: 'day', label: t('service.since') },
        ]}
        initial={service ?? {}}
        onSubmit={submit}
        problem={service === null ? add.problem : change.problem}
        pending={add.pending || change.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
