import { PlusOutlined } from '@ant-design/icons'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { DataTable } from '#ui/table.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { type RemedyKind, remedyKinds } from '../domain/taxonomy.ts'
import { nameFields, namesOf, type Offer, type TypedNames, typedNames, useOfferName } from './set-up-words.ts'

/** What the company offers when something went wrong, with its usual cost and its limit (G-08). */
export function OffersSetUp() {
  const t = useWords('cases')
  const format = useFormat()
  const nameOf = useOfferName()
  const found = useRead(casesApi.offers, {})
  const [open, setOpen] = useState<Offer | 'new' | null>(null)
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
      {t('setUp.remedies.add')}
    </Button>
  )
  return (
    <Loaded of={found}>
      {({ offers }) => (
        <>
          <p className="section-about">{t('setUp.remedies.about')}</p>
          <DataTable
            name="case-offers"
            label={t('setUp.remedies.title')}
            pages={{ items: offers }}
            rowKey={(offer) => offer.id}
            columns={[
              {
                key: 'name',
                title: t('setUp.name'),
                cell: (offer) => (
                  <span className="row">
                    {nameOf(offer)} {offer.retired && <Tag>{t('setUp.retired')}</Tag>}
                  </span>
                ),
              },
              { key: 'kind', title: t('field.kind'), cell: (offer) => t(`remedy.${offer.kind}`) },
              { key: 'usual', title: t('setUp.remedies.usual'), align: 'end', cell: (offer) => format.money(offer.defaultMinor) },
              {
                key: 'most',
                title: t('setUp.remedies.most'),
                align: 'end',
                cell: (offer) => (offer.mostMinor === null ? t('setUp.noLimit') : format.money(offer.mostMinor)),
              },
              {
                key: 'approval',
                title: t('setUp.remedies.approval'),
                cell: (offer) => t(offer.needsApproval ? 'answer.yes' : 'answer.no'),
              },
              {
                key: 'actions',
                title: t('setUp.actions'),
                cell: (offer) => (
                  <Button size="small" onClick={() => setOpen(offer)} aria-label={t('setUp.changeOf', { name: nameOf(offer) })}>
                    {t('setUp.change')}
                  </Button>
                ),
              },
            ]}
            toolbar={offers.length > 0 && add}
            empty={
              <Empty title={t('setUp.remedies.none')} action={add}>
                {t('setUp.remedies.noneHelp')}
              </Empty>
            }
          />
          {open && <OfferForm offer={open === 'new' ? null : open} close={() => setOpen(null)} />}
        </>
      )}
    </Loaded>
  )
}

interface Typed extends TypedNames {
  readonly kind: RemedyKind
  readonly defaultMinor: number | null
  readonly mostMinor: number | null
  readonly needsApproval: boolean
  readonly retired: boolean
}

function OfferForm({ offer, close }: { readonly offer: Offer | null; readonly close: () => void }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const onDone = () => {
    notice.done(ui('saved'))
    close()
  }
  const add = useWrite(casesApi.addOffer, { onDone })
  const change = useWrite(casesApi.changeOffer, { onDone })
  const save = offer ? change : add
  return (
    <Dialog title={t(offer ? 'setUp.remedies.change' : 'setUp.remedies.add')} onClose={close}>
      <Form<Typed>
        fields={[
          {
            name: 'kind',
            kind: 'choice',
            label: t('field.kind'),
            required: true,
            options: remedyKinds.map((value) => ({ value, label: t(`remedy.${value}`) })),
          },
          ...nameFields<Typed>(t),
          { name: 'defaultMinor', kind: 'money', label: t('setUp.remedies.usual'), required: true, min: 0 },
          { name: 'mostMinor', kind: 'money', label: t('setUp.remedies.most'), help: t('setUp.remedies.mostHelp'), min: 0 },
          { name: 'needsApproval', kind: 'yes', label: t('setUp.remedies.approval'), help: t('setUp.remedies.approvalHelp') },
          ...(offer ? ([{ name: 'retired', kind: 'yes', label: t('setUp.retired') }] as const) : []),
        ]}
        initial={
          offer
            ? { ...offer, ...typedNames(offer.names) }
            : { kind: 'compensation', defaultMinor: 0, mostMinor: null, needsApproval: true, retired: false }
        }
        onSubmit={(typed) => {
          const said = {
            kind: typed.kind,
            names: namesOf(typed),
            defaultMinor: typed.defaultMinor ?? 0,
            mostMinor: typed.mostMinor ?? null,
            needsApproval: typed.needsApproval,
            retired: typed.retired ?? false,
          }
          return offer ? change.send({ offerId: offer.id, version: offer.version, ...said }) : add.send(said)
        }}
        problem={save.problem}
        pending={save.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
