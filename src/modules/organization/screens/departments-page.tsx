import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { Loaded, Page } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { inTree } from '../domain/departments.ts'
import { DepartmentForm, TeamForm } from './department-forms.tsx'
import { RemoveButton } from './remove-button.tsx'
import './organization.css'

export type Tree = ResultOf<typeof api.departments>
export type Department = Tree['departments'][number]
export type Team = Tree['teams'][number]
/** By their ids, so that a form sees what others save meanwhile. */
type Open = { readonly department: string | null } | { readonly team: string | null; readonly departmentId: string }

/** The company as it works together: departments below each other, with their teams. */
export function DepartmentsPage() {
  const t = useWords('organization')
  const { may } = useSession()
  const tree = useRead(api.departments, {})
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const manages = may('organization.manage-users')
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ department: null })}>
      {t('departments.add')}
    </Button>
  )
  return (
    <Page title={t('departments.title')} about={t('departments.about')} actions={manages && add}>
      <Loaded of={tree}>
        {(found) => (
          <>
            {found.departments.length === 0 ? (
              <Empty title={t('departments.empty')}>{t('departments.emptyText')}</Empty>
            ) : (
              <ul className="departments">
                {inTree(found.departments).map(({ department, depth }) => (
                  <li key={department.id} style={{ marginInlineStart: `${Math.min(depth, 4) * 24}px` }}>
                    <DepartmentCard department={department} teams={found.teams} open={setOpen} manages={manages} />
                  </li>
                ))}
              </ul>
            )}
            {open && 'department' in open && (
              <DepartmentForm department={found.departments.find(({ id }) => id === open.department) ?? null} tree={found} close={close} />
            )}
            {open && 'team' in open && (
              <TeamForm
                team={found.teams.find(({ id }) => id === open.team) ?? null}
                departmentId={open.departmentId}
                tree={found}
                close={close}
              />
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}

interface CardProps {
  readonly department: Department
  readonly teams: readonly Team[]
  readonly open: (open: Open) => void
  readonly manages: boolean
}

function DepartmentCard({ department, teams, open, manages }: CardProps) {
  const t = useWords('organization')
  const ui = useWords('ui')
  const { nameOf } = usePeople()
  const remove = useWrite(api.removeDepartment)
  const own = teams.filter(({ departmentId }) => departmentId === department.id)
  const deputies = department.deputyIds.map(nameOf).join(ui('comma'))
  return (
    <section className="section department" aria-label={department.name}>
      <header className="section-head">
        <h2>{department.name}</h2>
        {manages && (
          <div className="page-actions">
            <Button size="small" icon={<PlusOutlined />} onClick={() => open({ team: null, departmentId: department.id })}>
              {t('departments.addTeam')}
            </Button>
            <Button size="small" onClick={() => open({ department: department.id })}>
              {t('departments.change')}
            </Button>
            <RemoveButton name={department.name} remove={() => remove.send({ departmentId: department.id, version: department.version })} />
          </div>
        )}
      </header>
      <p className="muted">
        {department.headId === null ? t('departments.noHead') : `${t('departments.head')}${ui('colon')}${nameOf(department.headId)}`}
        {deputies && ` · ${t('departments.deputies')}${ui('colon')}${deputies}`}
      </p>
      {own.length === 0 ? (
        <p className="muted">{t('departments.noTeams')}</p>
      ) : (
        <ul className="teams">
          {own.map((team) => (
            <TeamLine key={team.id} team={team} open={open} manages={manages} />
          ))}
        </ul>
      )}
    </section>
  )
}

function TeamLine({ team, open, manages }: { team: Team; open: CardProps['open']; manages: boolean }) {
  const t = useWords('organization')
  const ui = useWords('ui')
  const { nameOf } = usePeople()
  const remove = useWrite(api.removeTeam)
  return (
    <li>
      <div>
        <strong>{team.name}</strong> <span className="muted">{t('departments.membersCount', { count: team.memberIds.length })}</span>
        <div>{team.memberIds.length === 0 ? t('departments.noMembers') : team.memberIds.map(nameOf).join(ui('comma'))}</div>
      </div>
      {manages && (
        <div className="page-actions">
          <Button
            size="small"
            onClick={() => open({ team: team.id, departmentId: team.departmentId })}
            aria-label={`${t('departments.change')}: ${team.name}`}
          >
            {t('departments.change')}
          </Button>
          <RemoveButton
            name={team.name}
            text={t('departments.removeTeamText')}
            remove={() => remove.send({ teamId: team.id, version: team.version })}
          />
        </div>
      )}
    </li>
  )
}
