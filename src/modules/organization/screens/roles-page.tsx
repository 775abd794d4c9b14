import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page } from '#ui/page.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { type Scope, scopes } from '../domain.ts'
import './organization.css'

type Permission = ResultOf<typeof api.roles>['permissions'][number]
type Held = ReadonlyMap<string, Readonly<Record<string, Scope>>>

/** One table: every permission against every role, and how far it reaches. */
export function RolesPage() {
  const t = useWords('organization')
  const ui = useWords('ui')
  const notice = useNotice()
  const answer = useRead(api.roles, {})
  const change = useWrite(api.changeRolePermissions)
  const [changed, setChanged] = useState<Held>(new Map())
  const save = async () => {
    try {
      for (const [role, permissions] of changed) await change.send({ role, permissions })
      setChanged(new Map())
      notice.done(ui('saved'))
    } catch (problem) {
      notice.refused(problem)
    }
  }
  return (
    <Page
      title={t('roles.title')}
      about={t('roles.about')}
      actions={
        <Button type="primary" disabled={changed.size === 0} loading={change.pending} onClick={() => void save()}>
          {t('roles.save')}
        </Button>
      }
    >
      <Loaded of={answer}>
        {({ roles, permissions }) => {
          const held: Held = new Map(roles.map((role) => [role.name, changed.get(role.name) ?? role.permissions]))
          const set = (role: string, permission: string, scope: Scope | null) => {
            const { [permission]: _, ...others } = held.get(role) ?? {}
            setChanged(new Map(changed).set(role, scope === null ? others : { ...others, [permission]: scope }))
          }
          return <Matrix roles={roles.map((role) => role.name)} permissions={permissions} held={held} set={set} />
        }}
      </Loaded>
    </Page>
  )
}

interface MatrixProps {
  readonly roles: readonly string[]
  readonly permissions: readonly Permission[]
  readonly held: Held
  readonly set: (role: string, permission: string, scope: Scope | null) => void
}

function Matrix({ roles, permissions, held, set }: MatrixProps) {
  const t = useWords('organization')
  const nameOf = (permission: string) => {
    const [module, right] = permission.split('.')
    return t(`${module}:permission.${right}`)
  }
  return (
    // A scrollable region must be reachable by keyboard; it has a name for those who hear it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className="table-scroll" tabIndex={0} aria-label={t('roles.title')}>
      <table className="table matrix">
        <caption className="hidden">{t('roles.about')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('roles.permission')}</th>
            {roles.map((role) => (
              <th scope="col" key={role}>
                {t(`role.${role}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {permissions.map(({ name, scoped }) => (
            <tr key={name}>
              <th scope="row">
                {nameOf(name)} <small className="muted">{name}</small>
              </th>
              {roles.map((role) => (
                <td key={role} data-label={t(`role.${role}`)}>
                  <Grant
                    label={t('roles.grant', { role: t(`role.${role}`), permission: nameOf(name) })}
                    scoped={scoped}
                    scope={held.get(role)?.[name] ?? null}
                    disabled={role === 'administrator' || name === 'organization.read'}
                    set={(scope) => set(role, name, scope)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface GrantProps {
  readonly label: string
  readonly scoped: boolean
  readonly scope: Scope | null
  readonly disabled: boolean
  readonly set: (scope: Scope | null) => void
}

/** The browser's own list where there is a scope to choose: hundreds of them stand on the page. */
function Grant({ label, scoped, scope, disabled, set }: GrantProps) {
  const t = useWords('organization')
  if (!scoped)
    return (
      <Checkbox
        checked={scope !== null}
        disabled={disabled}
        onChange={(event) => set(event.target.checked ? 'all' : null)}
        aria-label={label}
      />
    )
  return (
    <select
      className={`scope${scope === null ? ' muted' : ''}`}
      aria-label={label}
      value={scope ?? ''}
      disabled={disabled}
      onChange={(event) => set(event.target.value === '' ? null : (event.target.value as Scope))}
    >
      <option value="">—</option>
      {scopes.map((one) => (
        <option key={one} value={one}>
          {t(`scope.${one}`)}
        </option>
      ))}
    </select>
  )
}
