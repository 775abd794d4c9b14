import { Button, Tag } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'
import { type ProposalState, proposalStates } from '../domain/proposal.ts'
import './commitments.css'

type Found = ResultOf<typeof commitmentsApi.proposals>
interface Typed {
  readonly needId: string
  readonly productCode: string
  readonly note?: string | null
}
const colours: Readonly<Record<ProposalState, string>> = { open: 'blue', accepted: 'green', declined: 'default' }

/** On a customer's page: what was proposed to them, each for a need that they told (L-06). */
export function ProposalsPanel({ customerId }: { customerId: string }) {
  const t = useWords('commitments')
  const format = useFormat()
  const notice = useNotice()
  const people = usePeople()
  const { may } = useSession()
  const found = useRead(commitmentsApi.proposals, { customerId }, { keepPrevious: false })
  const settle = useWrite(commitmentsApi.closeProposal)
  const [proposing, setProposing] = useState(false)
  const writes = may('commitments.write')
  return (
    <Loaded of={found} lines={2}>
      {({ items, needs }) => (
        <div className="commitment-panel">
          {items.length === 0 && <p className="muted">{t(needs.length === 0 ? 'proposal.noNeed' : 'proposal.none')}</p>}
          <ul className="plain-list">
            {items.map(({ id, need, productCode, note, state, madeAt, madeBy, version }) => (
              <li key={id} className="row">
                <span className="customer-field">
                  <b>{productCode}</b> <Tag color={colours[state]}>{t(`proposal.state.${state}`)}</Tag>
                  <div>{t('proposal.for', { need: need.text })}</div>
                  {note && <div className="written">{note}</div>}
                  <small className="muted">{t('history.by', { at: format.instant(madeAt), name: people.nameOf(madeBy) })}</small>
                </span>
                {writes &&
                  proposalStates
                    .filter((next) => (state === 'open' ? next !== 'open' : next === 'open'))
                    .map((next) => (
                      <Button
                        key={next}
                        size="small"
                        aria-label={`${t(`proposal.say.${next}`)}: ${productCode}`}
                        onClick={() => void settle.send({ customerId, proposalId: id, version, state: next }).catch(notice.refused)}
                      >
                        {t(`proposal.say.${next}`)}
                      </Button>
                    ))}
              </li>
            ))}
          </ul>
          {writes && needs.length > 0 && (
            <div>
              <Button onClick={() => setProposing(true)}>{t('proposal.add')}</Button>
            </div>
          )}
          {proposing && <Propose customerId={customerId} needs={needs} close={() => setProposing(false)} />}
        </div>
      )}
    </Loaded>
  )
}

function Propose({ customerId, needs, close }: { customerId: string; needs: Found['needs']; close: () => void }) {
  const t = useWords('commitments')
  const ui = useWords('ui')
  const write = useWrite(commitmentsApi.propose, { onDone: close })
  const [needId, setNeedId] = useState<string | undefined>(needs.length === 1 ? needs[0]?.id : undefined)
  const answers = needs.find(({ id }) => id === needId)?.productCodes ?? []
  return (
    <Dialog title={t('proposal.add')} onClose={close}>
      <Form<Typed>
        fields={[
          {
            name: 'needId',
            kind: 'choice',
            label: t('proposal.need'),
            help: t('proposal.needHelp'),
            required: true,
            options: needs.map(({ id, text }) => ({ value: id, label: text })),
          },
          {
            name: 'productCode',
            kind: 'text',
            label: t('proposal.product'),
            help: answers.length > 0 ? t('proposal.answers', { products: answers.join(ui('comma')) }) : t('proposal.productHelp'),
            required: true,
            maxLength: 200,
          },
          { name: 'note', kind: 'area', rows: 3, label: t('proposal.note'), maxLength: 2000 },
        ]}
        initial={needId === undefined ? {} : { needId, productCode: answers[0] ?? '' }}
        onChange={(values) => setNeedId(values.needId)}
        onSubmit={({ note, ...typed }) => write.send({ customerId, ...typed, note: note || null })}
        problem={write.problem}
        pending={write.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
