# frozen_string_literal: true

# The state every test starts from: Redmine's own default data, REST on, and one administrator
# with a password and a key. $INPUT is the key.

Setting.rest_api_enabled = '1'
Setting.default_language = 'en'

admin = User.find_by!(login: 'admin')
admin.password = admin.password_confirmation = 'administrator'
admin.must_change_passwd = false
admin.language = 'en'
admin.pref.time_zone = 'UTC'
admin.save!
admin.pref.save!
Token.where(user_id: admin.id, action: 'api').delete_all
token = Token.create!(user_id: admin.id, action: 'api')
token.update_column(:value, $INPUT)
