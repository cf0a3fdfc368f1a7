import { describe, expect, it } from 'vitest';
import { readIntroduction } from '../../../src/templates/introduction';
import { readKernel } from '../../../src/templates/templateKernel';
import { tablesInQueries, tablesInText } from '../../../src/templates/tableNames';

describe('readIntroduction: data sources in their spellings', () => {
  it.each([
    ['bold, list below', '**Data Sources Required**:\n - Log Analytics - SecurityEvent (Optional)\n - VirusTotal', ['Log Analytics - SecurityEvent (Optional)', 'VirusTotal']],
    ['underlined, behind the colon', '__Data Source Required:__ Log Analytics tables<br>', ['Log Analytics tables']],
    ['used', '**Data Sources Used**:<br>\n- Microsoft Sentinel\n    - Incidents\n<br>\n- TI\n    - OTX', ['Microsoft Sentinel', 'Incidents', 'TI', 'OTX']],
    ['in HTML', '<b>Data Sources Required:</b>\n* Log Analytics - OfficeActivity', ['Log Analytics - OfficeActivity']],
    ['in a list', '- Version: 1.0\n- Data Sources Required: AzureDiagnostics, SecurityAlert', ['AzureDiagnostics, SecurityAlert']],
    ['yes, and named on a line of its own', '__Data Source Required:__ Yes\n\n__Data Source:__ CommonSecurityLogs', ['CommonSecurityLogs']],
    ['none', '__Data Source Required:__ No <br>', []],
    ['folded', '<details>\n <summary>&nbsp;<u>Details...</u></summary>\n\n **Data Sources Required**:\n - Sentinel - Syslog\n </details>\n\nText.', ['Sentinel - Syslog']],
    ['indented in details', '<details>\n    **Data Sources Required**:\n        - Sentinel - DeviceEvents\n</details>', ['Sentinel - DeviceEvents']],
    ['types', 'Required data types: SigninLogs', ['SigninLogs']],
  ])('%s', (_name, markdown, expected) => {
    expect(readIntroduction([`# Title\n\n${markdown}`]).dataSources).toEqual(expected);
  });
});

describe('readIntroduction: versions and authors', () => {
  it.each([
    ['**Notebook Version:** 2.0<br>\n**Python Version:** Python 3.10 (including "SDK v2")<br>', '2.0', 'Python 3.10 (including "SDK v2")', ''],
    ['<b> Notebook Version:</b> 1.0 <br/>\n<b> Python Version:</b> Python 3.6 <br>', '1.0', 'Python 3.6', ''],
    ['Notebook Version: 1.1<br>', '1.1', '', ''],
    ['- Version: 1.0', '1.0', '', ''],
    ['Author: Ann Lee\n<br>Co-Authors: Bo, Cy', '', '', 'Ann Lee'],
    ['__Authors__: Ann Lee, Bo Ek', '', '', 'Ann Lee, Bo Ek'],
    ['The version: of this text is a sentence, and says nothing about the notebook.', '', '', ''],
  ])('%s', (markdown, version, pythonVersion, author) => {
    expect(readIntroduction([`# Title\n\n${markdown}`])).toMatchObject({ version, pythonVersion, author });
  });
});

describe('readIntroduction: title and description', () => {
  it.each([
    ['a heading and a paragraph', ['# Entity - *Host*\n\nBrings together `queries`\nand charts.\n\nMore.'], 'Entity - Host', 'Brings together queries and charts.'],
    ['a first line that is no heading', ['Entity Explorer: IP\n<details>\n**Notebook Version:** 2.0<br>\n</details>\n\nWorks on IPs.', '## Hypothesis\nWe think.'], 'Entity Explorer: IP', 'Works on IPs.'],
    ['a heading in HTML', ['<h1>Hunt <u>all</u></h1>\n<p>It hunts.</p>'], 'Hunt all', 'It hunts.'],
    ['a section of its own', ['# T\n\n__Notebook Version:__ 1.0<br>\n\n### Description\nStep by step.<br>\n*** Run in order. ***'], 'T', 'Step by step.'],
    ['a section in bold', ['# T\n\n** About this notebook **:  \n\nTakes you through.'], 'T', 'Takes you through.'],
    ['a table of contents first', ['<h1>Table of Contents<span></span></h1>\n<ul><li>Setup</li></ul>', '# Triage\n\nFor analysts.'], 'Triage', 'For analysts.'],
    ['a title cell, facts in the next', ['# Base64', '<details>\n**Notebook Version:** 1.0<br>\n</details>\n\nFinds commands.'], 'Base64', 'Finds commands.'],
    ['a generic heading', ['## Overview\nThis exports.', '## 1. Install\nRun it.'], '', 'This exports.'],
    ['a second heading in place of text', ['# Library\n## Examples of it\n\nAuthor: Ann', '## Setup\n\nInstall it.'], 'Library', 'Examples of it'],
    ['a notice before', ['# Old\n\n**Note: This notebook has been superceeded by New.**\nPlease migrate.\n\nIt did things.'], 'Old', 'It did things.'],
    ['Windows line ends', ['# T\r\n\r\nText.\r\n'], 'T', 'Text.'],
    ['nothing', [], '', ''],
    ['markup alone', ['<div class="x"></div>\n\n---\n\n![](x.png)'], '', ''],
  ])('%s', (_name, cells, title, description) => {
    expect(readIntroduction(cells)).toMatchObject({ title, description });
  });

  it('cuts a description that never ends', () => {
    const { description } = readIntroduction([`# T\n\n${'word '.repeat(1000)}`]);
    expect(description.length).toBeLessThan(605);
    expect(description).toMatch(/word …$/);
  });

  it.each(['This notebook has been superceeded by X', 'This notebook was deprecated in 2022', 'It is now superseded', 'It is no longer supported'])('"%s" marks it', (line) => {
    expect(readIntroduction([`# T\n\n**Note: ${line}.**`]).superseded).toBe(`${line}.`);
  });

  it('a word about others does not mark it', () => {
    expect(readIntroduction(['# T\n\nFinds deprecated protocols. Legacy authentication that others replaced.']).superseded).toBe('');
  });

  it('takes time in proportion to the text', () => {
    const hostile = ['<'.repeat(50_000), '*'.repeat(50_000), '_a'.repeat(50_000), '[x]('.repeat(20_000), '# '.repeat(50_000), 'a: '.repeat(50_000)];
    for (const text of hostile) expect(readIntroduction([text, `# ${text}`])).toBeDefined();
  });
});

describe('tables', () => {
  it.each([
    ['SecurityAlerts, Bookmarks, CommonSecurityLogs', ['SecurityAlert', 'HuntingBookmark', 'CommonSecurityLog']],
    ['Azure AD Signin Logs, Security Alerts', ['SigninLogs', 'SecurityAlert']],
    ['AAD SigninLogs, Custom_CL, VirusTotal', ['SigninLogs', 'Custom_CL']],
    ['events, alerts and usage of the update', []],
  ])('named in "%s"', (text, expected) => {
    expect(tablesInText(text)).toEqual(expected);
  });

  it.each([
    ['SecurityEvent\n| where EventID == 1', ['SecurityEvent']],
    ['%kql SigninLogs | take 1', ['SigninLogs']],
    ['q = "OfficeActivity\\n| take 5"', ['OfficeActivity']],
    ['union isfuzzy=true Syslog, AuditLogs\n| take 1', ['Syslog', 'AuditLogs']],
    ['My_CL | count', ['My_CL']],
    ['df[SecurityEvent || x]', []],
    ['securityevent | take 1', []],
  ])('read by %j', (code, expected) => {
    expect(tablesInQueries(code)).toEqual(expected);
  });
});

describe('readKernel', () => {
  const kernel = (name: string, display: string, language?: string) =>
    readKernel({ kernelspec: { name, display_name: display, ...(language ? { language } : {}) } });

  it.each([
    ['python36', 'Python 3.6 - AzureML', true],
    ['python38-azureml', 'Python 3.8 - AzureML', true],
    ['azureml_py38_pt_tf', 'Python 3.8 - Pytorch', true],
    ['python3', "Python 3.8.0 ('venv_conda': venv)", true],
    ['python310-sdkv2', 'Python 3.10 - SDK v2', false],
    ['python3', 'Python 3 (ipykernel)', false],
    ['synapse_pyspark', 'Synapse PySpark', false],
  ])('%s (%s) has vanished: %s', (name, display, vanished) => {
    expect(kernel(name, display)).toMatchObject({ name, vanished, language: 'python' });
  });

  it('takes the language where it stands', () => {
    expect(kernel('x', 'X', 'kusto')?.language).toBe('kusto');
    expect(readKernel({ language_info: { name: 'csharp' } })?.language).toBe('csharp');
    expect(readKernel({})).toBeUndefined();
  });
});
