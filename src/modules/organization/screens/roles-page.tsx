import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page } from '#ui/page.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import './organization.css'

/** One table: every permission against every role. */
export function RolesPage() {
  const t = useWords('organization')
  const ui = useWords('ui')
  const notice = useNotice()
  const answer = useRead(api.roles, {})
  const change = useWrite(api.changeRolePermissions)
  const [changed, setChanged] = useState<ReadonlyMap<string, ReadonlySet<string>>>(new Map())
  const save = async () => {
    try {
      for (const [role, permissions] of changed) await change.send({ role, permissions: [...permissions] })
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
          const held = new Map(roles.map((role) => [role.name, changed.get(role.name) ?? new Set(role.permissions)]))
          const toggle = (role: string, permission: string) => {
            const next = new Set(held.get(role))
            if (!next.delete(permission)) next.add(permission)
            setChanged(new Map(changed).set(role, next))
          }
          return <Matrix roles={roles.map((role) => role.name)} permissions={permissions} held={held} toggle={toggle} />
        }}
      </Loaded>
    </Page>
  )
}

interface MatrixProps {
  readonly roles: readonly string[]
  readonly permissions: readonly string[]
  readonly held: ReadonlyMap<string, ReadonlySet<string>>
  readonly toggle: (role: string, permission: string) => void
}

function Matrix({ roles, permissions, held, toggle }: MatrixProps) {
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
          {permissions.map((permission) => (
            <tr key={permission}>
              <th scope="row">
                {nameOf(permission)} <small className="muted">{permission}</small>
              </th>
              {roles.map((role) => (
                <td key={role} data-label={t(`role.${role}`)}>
                  <Checkbox
                    checked={held.get(role)?.has(permission) ?? false}
                    disabled={role === 'administrator' || permission === 'organization.read'}
                    onChange={() => toggle(role, permission)}
                    aria-label={t('roles.grant', { role: t(`role.${role}`), permission: nameOf(permission) })}
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
