"""What the site is made of besides its pages: assets, policy, files for hosts; no Sphinx here."""
