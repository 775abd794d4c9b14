import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { api as customers } from '#modules/customers/api.ts'
import type { ResultOf } from '#ui/client.ts'
import { nothingKnown, useFormat } from '#ui/format.ts'
import { Loaded, Page } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { Slot } from '#ui/slot.tsx'
import { TierTag } from '#ui/tier-tag.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'
import { formOf, servicePurpose } from '../domain/channel.ts'
import { useTitle, useWhen } from './shown.ts'
import './commitments.css'

type Customer = ResultOf<typeof customers.one>

/** The contact card (B-10): who it is, how they like to be reached, the last three contacts, the next one. On paper it is this card alone. */
export function CardPage() {
  const { id = '' } = useParams()
  const customer = useRead(customers.one, { id }, { keepPrevious: false })
  return <Loaded of={customer}>{(found) => <Card customer={found} />}</Loaded>
}

function Card({ customer }: { customer: Customer }) {
  const t = useWords('commitments')
  const { may, profile } = useSession()
  const { id, values, keyPersons, figures } = customer
  return (
    <Page
      title={`${t('card.title')}: ${values.name}`}
      heading={values.name}
      about={<span className="no-print">{t('card.title')}</span>}
      width="reading"
      actions={
        <>
          <Link to={`/customers/${id}`}>
            <Button>{t('card.archive')}</Button>
          </Link>
          <Button type="primary" icon={<PrinterOutlined />} onClick={() => print()}>
            {t('card.print')}
          </Button>
        </>
      }
    >
      <article className="section contact-card" aria-label={t('card.title')}>
        <header className="contact-card-head">
          <b>{values.name}</b>
          {values.company !== values.name && values.company}
          {figures.valuedOn && <TierTag tier={figures.tier} />}
        </header>
        <Identity customer={customer} />
        {keyPersons.length > 0 && (
          <section>
            <h2>{t('card.people')}</h2>
            <ul className="plain-list">
              {keyPersons.slice(0, 3).map(({ id: personId, name, role, phone, email }) => (
                <li key={personId}>{[name, role, phone, email].filter(Boolean).join(' · ')}</li>
              ))}
            </ul>
          </section>
        )}
        <section>
          <h2>{t('card.last')}</h2>
          <LastContacts id={id} />
        </section>
        {may('commitments.read') && (
          <section>
            <h2>{t('card.next')}</h2>
            <Next id={id} />
          </section>
        )}
        <Slot name="contact.card" give={{ customerId: id }} bare />
        <footer className="muted">{profile.name}</footer>
      </article>
    </Page>
  )
}

function Identity({ customer: { id, values } }: { customer: Customer }) {
  const t = useWords('commitments')
  const format = useFormat()
  const people = usePeople()
  const found = useRead(customers.contactChannels, { id, purpose: servicePurpose }, { keepPrevious: false })
  const { address, city, language, ownerId } = values
  const { channels = [], refused = [], liked = null } = found.data ?? {}
  // The address says where they are, whether they want letters or not.
  const ways = channels.filter(({ channel }) => channel !== 'message' && channel !== 'letter')
  const line = (text: string | null | undefined) => (text ? [<dd key={text}>{text}</dd>] : [])
  const facts: readonly (readonly [string, readonly ReactNode[]])[] = [
    ['card.preferred', line(liked && t(`channel.${formOf(liked)}`))],
    ...ways.map(({ channel, ways: places }): readonly [string, readonly ReactNode[]] => [
      `channel.${formOf(channel)}`,
      places.map((place) => <Way key={place.value} place={place} callable={channel === 'phone'} />),
    ]),
    ['card.refused', line(format.list(refused.map((channel) => t(`channel.${formOf(channel)}`))))],
    ['card.address', line([address, city].filter(Boolean).join(' · '))],
    ['card.language', line(language && format.language(language))],
    ['card.owner', line(ownerId && people.nameOf(ownerId))],
  ]
  return (
    <dl className="facts">
      {facts.map(
        ([name, lines]) =>
          lines.length > 0 && (
            <div key={name}>
              <dt>{t(name)}</dt>
              {lines}
            </div>
          ),
      )}
    </dl>
  )
}

type Place = ResultOf<typeof customers.contactChannels>['channels'][number]['ways'][number]

/** Where to, and what is known of it; on a phone a touch calls a number. Of somebody whose contact data is hidden, only that there is something. */
function Way({ place: { value, label, hours, preferred }, callable }: { place: Place; callable: boolean }) {
  const t = useWords('commitments')
  const number = callable && value !== null && /^\+?[\d\s().-]+$/.test(value) ? value.replace(/[^+\d]/g, '') : null
  const known = [label, hours, preferred ? t('card.star') : null].filter(Boolean).map((word) => ` · ${word}`)
  return (
    <dd>
      {number ? <a href={`tel:${number}`}>{value}</a> : (value ?? nothingKnown)}
      {known.join('')}
    </dd>
  )
}

function LastContacts({ id }: { id: string }) {
  const t = useWords('commitments')
  const format = useFormat()
  const contacts = useRead(customers.interactions, { id, limit: 3 })
  return (
    <Loaded of={contacts} lines={3}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="muted">{t('card.noContacts')}</p>
        ) : (
          <ol className="contact-card-contacts">
            {items.map(({ id: contactId, occurredAt, channel, summary }) => (
              <li key={contactId}>
                <b>{format.instant(occurredAt)}</b> · {t(`channel.${channel}`)}
                <div className="commitment-text">{summary}</div>
              </li>
            ))}
          </ol>
        )
      }
    </Loaded>
  )
}

function Next({ id }: { id: string }) {
  const t = useWords('commitments')
  const format = useFormat()
  const when = useWhen()
  const title = useTitle()
  const cadence = useRead(commitmentsApi.cadence, { customerId: id })
  const open = useRead(commitmentsApi.ofCustomer, { customerId: id, limit: 3 })
  const next = cadence.data?.next
  return (
    <>
      <p>
        {next ? t('cadence.nextPlanned', { day: format.day(next.day), form: t(`channel.${next.channel}`) }) : t('cadence.nothingPlanned')}
      </p>
      {open.data && open.data.items.length > 0 && (
        <ul className="plain-list">
          {open.data.items.map((one) => (
            <li key={one.id}>
              {title(one)} · {when(one)}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
