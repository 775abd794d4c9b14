import { Alert } from 'antd'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'
import type { Channel } from '../domain/channel.ts'

type Reading = ResultOf<typeof commitmentsApi.cadence>

/** While a contact is planned: whether it would be too much, or the same form for the third time. */
export function CadenceAdvice(props: {
  readonly customerId: string
  readonly day: string
  readonly channel: Channel
  readonly except?: string
}) {
  const reading = useRead(commitmentsApi.cadence, props)
  return reading.data ? <Advice reading={reading.data} /> : null
}

function Advice({ reading }: { reading: Reading }) {
  const t = useWords('commitments')
  const { cadence, most, sameForm, another } = reading
  return (
    <div className="commitment-advice" role="status">
      {reading.state === 'over-served' && (
        <Alert type="warning" showIcon title={t('cadence.tooMuch', { nth: most, maximum: cadence.maximum, days: cadence.days })} />
      )}
      {sameForm && (
        <Alert
          type="info"
          showIcon
          title={[
            t('cadence.sameForm', { form: t(`channel.${sameForm}`) }),
            another ? t('cadence.tryAnother', { form: t(`channel.${another}`) }) : '',
          ].join(' ')}
        />
      )}
    </div>
  )
}

/** In one line: how the account stands, for the customer's page and lists. */
export function useCadenceLine(): (reading: Omit<Reading, 'own' | 'begun' | 'reachable'>) => string {
  const t = useWords('commitments')
  const format = useFormat()
  return ({ state, held, dueBy, cadence, most }) =>
    state === 'over-served'
      ? t('cadence.over', { most, maximum: cadence.maximum, days: cadence.days })
      : dueBy === null
        ? t('cadence.held', { held, days: cadence.days })
        : t(state === 'under-served' ? 'cadence.under' : 'cadence.fine', {
            held,
            minimum: cadence.minimum,
            days: cadence.days,
            day: format.day(dueBy),
          })
}
