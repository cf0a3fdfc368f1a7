import type { Generation } from '../generation';
import { entitiesJson } from '../incidents/entityJson';
import { accountEntity, type AlertProduct, ipEntity } from '../incidents/incidentPlan';
import type { PlannedIncident } from '../incidents/incidents';
import { MINUTE, SECOND } from '../storyTime';
import type { Row, TableRows } from '../tableRows';
import { company } from '../world/company';

const providers: Readonly<Record<AlertProduct, string>> = {
  'Azure Sentinel': 'ASI Scheduled Alerts',
  'Microsoft Defender for Endpoint': 'MDATP',
  'Microsoft Entra ID Protection': 'IPC',
  'Microsoft Defender for Office 365': 'OATP',
  'Microsoft Defender for Cloud': 'ASC',
};

/** SecurityAlert: the alerts of the incidents, and some that nobody made an incident of. */
export function securityAlert(generation: Generation, incidents: readonly PlannedIncident[]): TableRows {
  const rows = generation.rows('SecurityAlert', {
    VendorName: 'Microsoft',
    WorkspaceSubscriptionId: company.subscriptionId,
    WorkspaceResourceGroup: 'rg-sentinel',
    ConfidenceLevel: '',
    Status: 'New',
  });
  for (const { plan, details } of incidents) {
    plan.alerts.forEach((alert, index) => {
      const { id } = details.alerts[index] ?? { id: '' };
      rows.add(plan.created - (plan.alerts.length - index) * SECOND, {
        ...alertColumns(alert.name, alert.description, alert.severity, alert.product, id),
        CompromisedEntity: compromised(plan.entities),
        EndTime: alert.end,
        Entities: entitiesJson(plan.entities),
        ExtendedProperties: JSON.stringify({
          'Query Period': '01:00:00',
          'Total Events': String(plan.entities.length * 7),
          IncidentNumber: String(plan.number),
        }),
        IsIncident: false,
        ProcessingEndTime: plan.created - SECOND,
        StartTime: alert.start,
        Tactics: alert.tactics.join(', '),
        Techniques: JSON.stringify(alert.techniques.map((technique) => technique.split('.')[0])),
        SubTechniques: JSON.stringify(alert.techniques.filter((technique) => technique.includes('.'))),
      });
    });
  }
  addUnusedAlerts(rows, generation);
  return rows;
}

function alertColumns(name: string, description: string, severity: string, product: AlertProduct, id: string): Row {
  return {
    AlertName: name,
    AlertSeverity: severity,
    AlertType: `${company.workspaceId}_${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`,
    Description: description,
    DisplayName: name,
    ProductName: product,
    ProviderName: providers[product],
    SystemAlertId: id,
    VendorOriginalId: id,
  };
}

function compromised(entities: PlannedIncident['plan']['entities']): string {
  const [first] = entities;
  if (first?.kind === 'Account') return first.upn;
  return first?.kind === 'Host' ? first.name : '';
}

function addUnusedAlerts(rows: TableRows, generation: Generation): void {
  const random = generation.random('unused alerts');
  for (const session of generation.world.sessions) {
    if (!random.chance(0.03)) continue;
    const time = session.start + 3 * MINUTE;
    const { person, egress } = session;
    rows.add(time + 6 * MINUTE, {
      ...alertColumns(
        'Unfamiliar sign-in properties',
        'Sign-in with properties not seen for this user.',
        random.pick(['Low', 'Informational']),
        'Microsoft Entra ID Protection',
        random.guid(),
      ),
      CompromisedEntity: person.upn,
      EndTime: time,
      Entities: entitiesJson([accountEntity(person), ipEntity(egress, person.office.country)]),
      ExtendedProperties: JSON.stringify({ 'User Account': person.upn, 'Client IP Address': egress }),
      IsIncident: false,
      ProcessingEndTime: time + 5 * MINUTE,
      StartTime: time,
      Status: random.pick(['Dismissed', 'Resolved']),
      Tactics: 'InitialAccess',
      Techniques: '["T1078"]',
      SubTechniques: '[]',
    });
  }
}

/** SecurityIncident: a row when an incident is made and one for each change, as Sentinel writes it. */
export function securityIncident(generation: Generation, incidents: readonly PlannedIncident[]): TableRows {
  const rows = generation.rows('SecurityIncident', {
    SourceSystem: 'Azure',
    ProviderName: 'Azure Sentinel',
    BookmarkIds: '[]',
    Tasks: '[]',
  });
  const random = generation.random('incident rows');
  for (const { plan, details } of incidents) {
    const { incident, alerts } = details;
    const name = random.guid();
    const base: Row = {
      AdditionalData: JSON.stringify({
        alertsCount: alerts.length,
        bookmarksCount: 0,
        commentsCount: plan.comments.length,
        alertProductNames: incident.providers,
        tactics: incident.tactics,
        techniques: incident.techniques.map((technique) => technique.split('.')[0]),
      }),
      AlertIds: JSON.stringify(alerts.map(({ id }) => id)),
      CreatedTime: plan.created,
      Description: plan.description,
      FirstActivityTime: Math.min(...plan.alerts.map(({ start }) => start)),
      FirstModifiedTime: plan.created,
      IncidentName: name,
      IncidentNumber: plan.number,
      IncidentUrl: `https://portal.azure.com/#asset/Microsoft_Azure_Security_Insights/Incident/${name}`,
      Labels: JSON.stringify(plan.labels.map((labelName) => ({ labelName, labelType: 'User' }))),
      LastActivityTime: Math.max(...plan.alerts.map(({ end }) => end)),
      ProviderIncidentId: String(plan.number),
      RelatedAnalyticRuleIds: JSON.stringify(plan.alerts.map(() => random.guid())),
      Severity: plan.severity,
      Title: plan.title,
    };
    const nobody = JSON.stringify({ objectId: null, email: null, assignedTo: null, userPrincipalName: null });
    rows.add(plan.created, {
      ...base,
      Comments: '[]',
      LastModifiedTime: plan.created,
      ModifiedBy: 'Alert updated',
      Owner: nobody,
      Status: 'New',
    });
    if (plan.modified === plan.created) continue;
    const owner = plan.owner;
    const assigned = owner
      ? JSON.stringify({ objectId: null, email: owner.email, assignedTo: owner.name, userPrincipalName: owner.email })
      : nobody;
    const comments = JSON.stringify(
      details.comments.map(({ author, createdTime, message }) => ({ message, createdTimeUtc: createdTime, author: { name: author } })),
    );
    rows.add(plan.created + 12 * MINUTE, {
      ...base,
      Comments: '[]',
      LastModifiedTime: plan.created + 12 * MINUTE,
      ModifiedBy: owner?.name ?? '',
      Owner: assigned,
      Status: 'Active',
    });
    rows.add(plan.modified, {
      ...base,
      Comments: comments,
      LastModifiedTime: plan.modified,
      ModifiedBy: owner?.name ?? '',
      Owner: assigned,
      Status: plan.status,
      ...(plan.closing
        ? {
            Classification: plan.closing.classification,
            ClassificationReason: plan.closing.reason,
            ClassificationComment: plan.closing.comment,
            ClosedTime: plan.modified,
          }
        : {}),
    });
  }
  return rows;
}
