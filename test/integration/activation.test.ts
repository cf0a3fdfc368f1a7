import * as assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';

suite('extension', () => {
  test('is present and activates', async () => {
    const extension = vscode.extensions.getExtension('huntbook.huntbook');
    assert.ok(extension);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
