import { Button } from 'antd'
import { useState } from 'react'
import { useConfirm } from '#ui/confirm.ts'
import { forgetNames } from '#ui/names.ts'
import { Loaded } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { PeopleChoice } from '#ui/people-choice.tsx'
import { Refused } from '#ui/refused.tsx'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { placesOf, succeeded } from '../domain/departments.ts'
import type { Tree } from './departments-page.tsx'
import './organization.css'

/** When somebody leaves: the departments and teams that they stand in. */
export function DeparturePlaces({ userId }: { userId: string }) {
  const tree = useRead(api.departments, {})
  return (
    <Loaded of={tree} lines={2}>
      {(found) => <Places userId={userId} tree={found} />}
    </Loaded>
  )
}

function Places({ userId, tree }: { userId: string; tree: Tree }) {
  const t = useWords('organization')
  const { may } = useSession()
  const { departments, teams } = placesOf(tree, userId)
  if (departments.length + teams.length === 0) return <p className="muted">{t('departure.noPlaces')}</p>
  return (
    <>
      <ul className="plain-list">
        {departments.map(({ id, name, headId }) => (
          <li key={id}>{t(headId === userId ? 'departure.heads' : 'departure.deputizes', { name })}</li>
        ))}
        {teams.map(({ id, name }) => (
          <li key={id}>{t('departure.memberOf', { name })}</li>
        ))}
      </ul>
      {may('organization.manage-users') && <Succession userId={userId} tree={tree} />}
    </>
  )
}

function Succession({ userId, tree }: { userId: string; tree: Tree }) {
  const t = useWords('organization')
  const people = usePeople()
  const [successor, setSuccessor] = useState<string | null>(null)
  const department = useWrite(api.changeDepartment)
  const team = useWrite(api.changeTeam)
  const write = async () => {
    const places = succeeded(tree, userId, successor)
    for (const { id, ...rest } of places.departments) await department.send({ departmentId: id, ...rest })
    for (const { id, ...rest } of places.teams) await team.send({ teamId: id, ...rest })
  }
  return (
    <>
      <div className="row">
        <PeopleChoice
          className="leaver-choice"
          aria-label={t('departure.successor')}
          placeholder={t('departure.successor')}
          value={successor}
          except={userId}
          onChange={setSuccessor}
        />
        <Button loading={department.pending || team.pending} onClick={() => void write().catch(() => {})}>
          {successor === null ? t('departure.takeOut') : t('departure.place', { name: people.nameOf(successor) })}
        </Button>
      </div>
      <Refused problem={department.problem ?? team.problem} />
    </>
  )
}

/** When somebody leaves: whether they may still sign in. */
export function DepartureAccess({ userId }: { userId: string }) {
  const t = useWords('organization')
  const people = usePeople()
  const { user } = useSession()
  const confirm = useConfirm()
  // What was looked up of the person says otherwise from now on.
  const access = useWrite(api.changeUserAccess, { onDone: forgetNames })
  const name = people.nameOf(userId)
  const ask = () =>
    confirm({ title: t('users.disableAsk', { name }), verb: t('users.disable') }, () => access.send({ userId, enabled: false }))
  if (people.hasLeft(userId)) return <p>{t('departure.closed', { name })}</p>
  if (!people.hasAccount(userId)) return <p className="muted">{t('departure.noAccount', { name })}</p>
  return (
    <div className="row">
      <span>{t('departure.open', { name })}</span>
      {userId !== user.id && (
        <Button danger loading={access.pending} onClick={ask}>
          {t('departure.close')}
        </Button>
      )}
    </div>
  )
}
