import { Alert, Button } from 'antd'
import { useSearchParams } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { useConfirm } from '#ui/confirm.ts'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Section } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { hasWord, useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { useDoor } from './door.ts'
import './organization.css'

type Identity = ResultOf<typeof api.ownIdentities>['items'][number]

/** By which accounts at the company's sign-in provider one comes in, on the profile; left out where there is none and never was. */
export function OwnIdentities() {
  const t = useWords('organization')
  const notice = useNotice()
  const [query] = useSearchParams()
  const state = useRead(api.state, {})
  const identities = useRead(api.ownIdentities, {})
  const unlink = useWrite(api.unlinkOwnIdentity, { onDone: () => notice.done(t('identities.unlinked')) })
  const door = useDoor('/single-sign-on/connection')
  const provider = state.data?.singleSignOn
  if (!provider && !identities.data?.items.length) return null
  const refused = query.get('refused')
  const sentence = (reason: string) => (hasWord('organization', `refusal.${reason}`) ? t(`refusal.${reason}`) : t('refusal.provider-away'))
  const connect = async () => location.assign((await door.send({})).address)
  return (
    <Section
      title={t('identities.title')}
      about={t('identities.about')}
      actions={
        provider && (
          <Button onClick={() => void connect().catch(() => {})} loading={door.pending}>
            {t('identities.connect', { name: provider })}
          </Button>
        )
      }
    >
      {refused && <Alert className="said" role="alert" type="error" showIcon title={sentence(refused)} />}
      {query.has('connected') && <Alert className="said" role="status" type="success" showIcon title={t('identities.connected')} />}
      <Refused problem={door.problem} />
      <Loaded of={identities} lines={2}>
        {({ items }) => (
          <IdentityList
            items={items}
            question={(issuer) => t('identities.unlinkAsk', { issuer })}
            unlink={(identityId) => unlink.send({ identityId })}
          />
        )}
      </Loaded>
    </Section>
  )
}

/** Those of somebody else, for administrators; left out where there are none. */
export function IdentitiesOf({ user }: { user: { id: string; name: string } }) {
  const t = useWords('organization')
  const notice = useNotice()
  const identities = useRead(api.identitiesOfUser, { userId: user.id })
  const unlink = useWrite(api.unlinkIdentityOfUser, { onDone: () => notice.done(t('identities.unlinked')) })
  if (!identities.data?.items.length) return null
  return (
    <Section title={t('identities.title')}>
      <IdentityList
        items={identities.data.items}
        question={(issuer) => t('identities.unlinkAskOther', { issuer, name: user.name })}
        unlink={(identityId) => unlink.send({ userId: user.id, identityId })}
      />
    </Section>
  )
}

interface ListParts {
  readonly items: readonly Identity[]
  readonly question: (issuer: string) => string
  readonly unlink: (identityId: string) => Promise<unknown>
}

function IdentityList({ items, question, unlink }: ListParts) {
  const t = useWords('organization')
  const format = useFormat()
  const confirm = useConfirm()
  const ask = ({ id, issuer }: Identity) => confirm({ title: question(issuer), verb: t('identities.unlink') }, () => unlink(id))
  if (items.length === 0) return <p className="muted">{t('identities.none')}</p>
  return (
    <ul className="entries">
      {items.map((identity) => (
        <li key={identity.id}>
          <span>
            <strong>{identity.issuer}</strong>
            <br />
            <span className="muted">{t('identities.since', { at: format.instant(identity.linkedAt) })}</span>
          </span>
          <Button size="small" onClick={() => ask(identity)} aria-label={t('identities.unlinkThis', { issuer: identity.issuer })}>
            {t('identities.unlink')}
          </Button>
        </li>
      ))}
    </ul>
  )
}
