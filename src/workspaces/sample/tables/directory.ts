import { times, victim } from '../attack';
import type { Generation } from '../generation';
import { DAY, DAYS_OF_DATA, HOUR, SECOND } from '../storyTime';
import type { Row, TableRows } from '../tableRows';
import { company } from '../world/company';
import { leavers, type Person, serviceAccounts } from '../world/people';

const administrators: Readonly<Record<string, readonly string[]>> = {
  'helga.kessler': ['Hybrid Identity Administrator'],
  'arjun.menon': ['Helpdesk Administrator', 'User Administrator'],
  'priya.raman': ['Security Administrator'],
  'marcus.hale': ['Global Reader'],
};

/** IdentityInfo: the people and accounts of the directory, written weekly and after a change. */
export function identityInfo(generation: Generation): TableRows {
  const rows = generation.rows('IdentityInfo', {
    AccountTenantId: company.tenantId,
    AccountDomain: company.adDomain,
    CompanyName: company.name,
    SourceSystem: 'Azure AD',
    UserType: 'Member',
  });
  const snapshots = [-13 * DAY + 2 * HOUR, -6 * DAY + 2 * HOUR];
  for (const time of snapshots) {
    generation.world.people.forEach((person, index) => rows.add(time + index * 40, personRow(person, time, true)));
    serviceAccounts.forEach((account, index) => {
      rows.add(time + (200 + index) * 40, {
        AccountDisplayName: account.name,
        AccountName: account.name,
        AccountObjectId: account.objectId,
        AccountSID: account.sid,
        AccountUPN: account.upn,
        AssignedRoles: '[]',
        ChangeSource: 'FullSync',
        GroupMembership: account.name.startsWith('adm-h') ? '["Domain Admins"]' : '["Service Accounts"]',
        IsAccountEnabled: true,
        IsMFARegistered: false,
        IsServiceAccount: true,
        Manager: account.owner,
        SAMAccountName: account.name,
        Tags: '["Sensitive"]',
      });
    });
  }
  for (const leaver of leavers.filter(({ lastDay }) => lastDay < -DAYS_OF_DATA / 2)) {
    rows.add(Math.max(leaver.lastDay, -13) * DAY + 12 * HOUR, {
      AccountDisplayName: leaver.displayName,
      AccountName: leaver.name,
      AccountUPN: `${leaver.name}@${company.domain}`,
      AssignedRoles: '[]',
      GroupMembership: '[]',
      ChangeSource: 'UserDisabled',
      IsAccountEnabled: false,
      IsServiceAccount: false,
      SAMAccountName: leaver.name,
    });
  }
  const { accountDisabled } = times.response;
  rows.add(accountDisabled + 90 * SECOND, {
    ...personRow(generation.world.person(victim.name), accountDisabled, false),
    RiskLevel: 'high',
    RiskState: 'confirmedCompromised',
  });
  return rows;
}

function personRow(person: Person, seen: number, enabled: boolean): Row {
  const groups = ['All Employees', `${person.department} Team`];
  return {
    AccountDisplayName: person.displayName,
    AccountName: person.name,
    AccountObjectId: person.objectId,
    AccountSID: person.sid,
    AccountUPN: person.upn,
    AssignedRoles: JSON.stringify(administrators[person.name] ?? []),
    BlastRadius: person.department === 'IT' || person.important ? 'High' : 'Low',
    ChangeSource: enabled ? 'FullSync' : 'UserDisabled',
    City: person.office.city,
    Country: person.office.countryName,
    Department: person.department,
    EmployeeId: person.employeeId,
    GivenName: person.givenName,
    GroupMembership: JSON.stringify(groups),
    IsAccountEnabled: enabled,
    IsMFARegistered: true,
    IsServiceAccount: false,
    JobTitle: person.title,
    LastSeenDate: seen - HOUR,
    MailAddress: person.upn,
    Manager: person.manager,
    OnPremisesDistinguishedName: `CN=${person.displayName},OU=${person.department},DC=contoso,DC=local`,
    RiskLevel: 'none',
    SAMAccountName: person.name,
    State: person.office.state,
    Surname: person.surname,
    Tags: person.important ? '["VIP"]' : '[]',
  };
}
