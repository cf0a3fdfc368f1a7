import { implant, infrastructure } from '../attack';
import type { Generation } from '../generation';
import { Random } from '../random';
import { DAY, HOUR } from '../storyTime';
import type { Row, TableRows } from '../tableRows';
import { company } from '../world/company';

/** What an indicator is about. */
interface Indicator {
  readonly kind: 'ip' | 'network' | 'domain' | 'url' | 'hash';
  readonly value: string;
  readonly threat: 'C2' | 'Malware' | 'Phishing' | 'WatchList' | 'Botnet';
  readonly description: string;
  readonly confidence: number;
  readonly tags: readonly string[];
  readonly created: number;
  readonly active: boolean;
}

/** Indicators of noise whose addresses knock at the firewall. */
export const blockedIndicatorAddresses: readonly string[] = [
  '198.19.210.14',
  '198.19.184.77',
  '198.19.231.9',
  '198.19.122.201',
  '198.19.145.36',
];

function indicators(): readonly Indicator[] {
  const random = new Random('indicators');
  const campaign = ['paper-lantern', 'contoso-sector'];
  const known: Indicator[] = [
    {
      kind: 'ip',
      value: infrastructure.commandIp,
      threat: 'C2',
      description: 'Command server of PAPER LANTERN',
      confidence: 92,
      tags: campaign,
      created: -9 * DAY + 7 * HOUR,
      active: true,
    },
    {
      kind: 'domain',
      value: infrastructure.commandDomain,
      threat: 'C2',
      description: 'Command domain of PAPER LANTERN',
      confidence: 95,
      tags: campaign,
      created: -9 * DAY + 7 * HOUR,
      active: true,
    },
    {
      kind: 'network',
      value: infrastructure.sprayRange,
      threat: 'Botnet',
      description: 'Hosting range used for password spraying',
      confidence: 60,
      tags: ['password-spray'],
      created: -12 * DAY + 3 * HOUR,
      active: true,
    },
    {
      kind: 'hash',
      value: implant.sha256,
      threat: 'Malware',
      description: 'Loader seen with PAPER LANTERN',
      confidence: 88,
      tags: campaign,
      created: -7 * DAY + 15 * HOUR,
      active: true,
    },
  ];
  const noise: Indicator[] = blockedIndicatorAddresses.map((value) => ({
    kind: 'ip',
    value,
    threat: 'WatchList',
    description: 'Internet scanner',
    confidence: 40,
    tags: ['scanner'],
    created: -13 * DAY + 2 * HOUR,
    active: true,
  }));
  for (let index = 0; index < 360; index++) {
    const kind = random.pick(['ip', 'domain', 'url', 'hash'] as const);
    const host = `${random.pick(['cdn', 'login', 'mail', 'sync', 'files', 'update'])}-${random.hex(6)}.example`;
    const value =
      kind === 'ip'
        ? `198.19.${random.whole(1, 99)}.${random.whole(100, 254)}`
        : kind === 'domain'
          ? host
          : kind === 'url'
            ? `https://${host}/${random.hex(8)}`
            : random.hex(64);
    noise.push({
      kind,
      value,
      threat: random.pick(['C2', 'Malware', 'Phishing', 'Botnet'] as const),
      description: `${random.pick(['Sandbox', 'Feed', 'Honeypot', 'Partner'])} sighting`,
      confidence: random.whole(20, 90),
      tags: [random.pick(['feed-a', 'feed-b', 'isac'])],
      created: -random.between(0.2, 13.9) * DAY,
      active: random.chance(0.9),
    });
  }
  return [...known, ...noise];
}

/** ThreatIntelligenceIndicator, the older table. */
export function threatIntelligenceIndicator(generation: Generation): TableRows {
  const rows = generation.rows('ThreatIntelligenceIndicator', {
    SourceSystem: 'Microsoft Sentinel',
    Action: 'alert',
    TrafficLightProtocolLevel: 'amber',
  });
  const random = generation.random('indicator ids');
  for (const indicator of indicators()) {
    const time = Math.round(indicator.created);
    rows.add(time, {
      ...observable(indicator),
      Active: indicator.active,
      ConfidenceScore: indicator.confidence,
      Description: indicator.description,
      ExpirationDateTime: time + (indicator.active ? 90 : 1) * DAY,
      ExternalIndicatorId: `indicator--${random.guid()}`,
      IndicatorId: random.hex(32).toUpperCase(),
      IndicatorProvider: indicator.tags.includes('isac') ? 'Sector ISAC' : 'Contoso Threat Feed',
      KillChainC2: indicator.threat === 'C2',
      Tags: JSON.stringify(indicator.tags),
      ThreatSeverity: indicator.confidence > 80 ? 4 : 2,
      ThreatType: indicator.threat,
    });
  }
  return rows;
}

function observable({ kind, value }: Indicator): Row {
  switch (kind) {
    case 'ip':
      return { NetworkIP: value };
    case 'network':
      return { NetworkCidrBlock: value };
    case 'domain':
      return { DomainName: value };
    case 'url':
      return { Url: value };
    case 'hash':
      return { FileHashType: 'SHA256', FileHashValue: value };
  }
}

const observableKeys: Readonly<Record<Indicator['kind'], string>> = {
  ip: 'ipv4-addr:value',
  network: 'network-traffic:src_ref.value',
  domain: 'domain-name:value',
  url: 'url:value',
  hash: 'file:hashes.SHA-256',
};

/** ThreatIntelIndicators, the newer table: STIX in `Data`. */
export function threatIntelIndicators(generation: Generation): TableRows {
  const rows = generation.rows('ThreatIntelIndicators', {
    SourceSystem: 'Microsoft Sentinel',
    WorkspaceId: company.workspaceId,
    AzureTenantId: company.tenantId,
    IsDeleted: false,
    Revoked: false,
  });
  const random = generation.random('stix ids');
  for (const indicator of indicators()) {
    const time = Math.round(indicator.created);
    const key = observableKeys[indicator.kind];
    const pattern = `[${key} = '${indicator.value}']`;
    const id = `indicator--${random.guid()}`;
    rows.add(time, {
      Confidence: indicator.confidence,
      Created: time,
      Data: JSON.stringify({
        type: 'indicator',
        spec_version: '2.1',
        id,
        pattern,
        pattern_type: 'stix',
        indicator_types: [indicator.threat],
        description: indicator.description,
        labels: indicator.tags,
      }),
      Id: id,
      IsActive: indicator.active,
      Modified: time,
      ObservableKey: key,
      ObservableValue: indicator.value,
      Pattern: pattern,
      Tags: indicator.tags.join(','),
      ValidFrom: time,
      ValidUntil: time + (indicator.active ? 90 : 1) * DAY,
    });
  }
  return rows;
}
