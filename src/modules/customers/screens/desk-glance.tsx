import { Tag } from 'antd'
import { useFormat } from '#ui/format.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { servicePurpose } from '../domain/consent.ts'

/** So many touches say how it stands. */
const lastTouches = 3

/** While somebody talks with a customer: how they are, by what they want to be addressed and by what not, and the last touches. */
export function DeskGlance({ customerId }: { customerId: string }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const format = useFormat()
  const customer = useRead(api.one, { id: customerId }, { keepPrevious: false })
  const ways = useRead(api.contactChannels, { id: customerId, purpose: servicePurpose }, { keepPrevious: false })
  const touches = useRead(api.interactions, { id: customerId, limit: lastTouches }, { keepPrevious: false })
  const values = customer.data?.values
  const figures = customer.data?.figures
  const names = (list: readonly string[]) => list.map((one) => t(`channel.${one}`, { defaultValue: one })).join(ui('comma'))
  const liked = ways.data?.channels.filter(({ preferred }) => preferred).map(({ channel }) => channel) ?? []
  return (
    <dl className="facts">
      {figures?.valuedOn && figures.lifetimeValueMinor !== undefined && (
        <div>
          <dt>{t('glance.value')}</dt>
          <dd>{format.money(figures.lifetimeValueMinor)}</dd>
        </div>
      )}
      {values && (values.traits.length > 0 || values.traitNote) && (
        <div>
          <dt>{t('field.traits')}</dt>
          <dd>
            {values.traits.map((trait) => (
              <Tag key={trait}>{trait}</Tag>
            ))}
            {values.traitNote}
          </dd>
        </div>
      )}
      {values?.language && (
        <div>
          <dt>{t('field.language')}</dt>
          <dd>{format.language(values.language)}</dd>
        </div>
      )}
      {liked.length > 0 && (
        <div>
          <dt>{t('glance.liked')}</dt>
          <dd>{names(liked)}</dd>
        </div>
      )}
      {ways.data && ways.data.refused.length > 0 && (
        <div>
          <dt>{t('glance.refused')}</dt>
          <dd>
            <b>{names(ways.data.refused)}</b>
          </dd>
        </div>
      )}
      <div>
        <dt>{t('glance.touches')}</dt>
        <dd>
          {touches.data?.items.length === 0 && t('glance.noTouches')}
          {touches.data?.items.map(({ id, occurredAt, channel, summary }) => (
            <div key={id}>
              <span className="muted">{`${format.ago(occurredAt)} · ${t(`channel.${channel}`)}`}</span> {summary}
            </div>
          ))}
        </dd>
      </div>
    </dl>
  )
}
